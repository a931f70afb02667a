/// The way of a message as steps of a trace: `publish` in the service that takes it, `deliver` in every gateway
/// that carries it.
///
/// Read [MessageSpans] first. Uses `contract` and OpenTelemetry.
@NullMarked
package dev.fanfare.tracing;

import org.jspecify.annotations.NullMarked;

/// Where samples come from: an HTTP address that is polled, one that sends events, or a model.
///
/// Read [TelemetrySource], then [HttpSource], [SourceKind] for what it may speak, and [EventStream]. Uses `contract`
/// and the JDK's HTTP client.
@NullMarked
package dev.fanfare.telemetry.source;

import org.jspecify.annotations.NullMarked;

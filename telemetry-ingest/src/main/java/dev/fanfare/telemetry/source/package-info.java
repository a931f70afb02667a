/// Where samples come from: an HTTP address, or a model that stands in for it.
///
/// Read [TelemetrySource], then [HttpSource]. Uses `contract` and the JDK's HTTP client.
@NullMarked
package dev.fanfare.telemetry.source;

import org.jspecify.annotations.NullMarked;

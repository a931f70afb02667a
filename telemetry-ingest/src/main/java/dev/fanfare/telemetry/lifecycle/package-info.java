/// Start, stop and health of the service.
///
/// Read [IngestLoops] first. Uses every other package; none uses this one.
@NullMarked
package dev.fanfare.telemetry.lifecycle;

import org.jspecify.annotations.NullMarked;

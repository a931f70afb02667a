/// The gateway's fan-out in the benchmark's own process, with connections that only count.
///
/// Read [HubInProcess].
@NullMarked
package dev.fanfare.benchmarks.hub;

import org.jspecify.annotations.NullMarked;

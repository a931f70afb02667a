/// What one delivery costs the server, beside other servers in the same run.
///
/// Read [FanoutBenchmark]. Uses `peers`, `load`, `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.fanout;

import org.jspecify.annotations.NullMarked;

/// How much of the bare script's rate our publisher reaches.
///
/// Read [PublishBenchmark]. Uses `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.publish;

import org.jspecify.annotations.NullMarked;

/// Whether everything is given back by clients that come and go.
///
/// Read [ChurnBenchmark]. Uses `peers`, `load`, `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.churn;

import org.jspecify.annotations.NullMarked;

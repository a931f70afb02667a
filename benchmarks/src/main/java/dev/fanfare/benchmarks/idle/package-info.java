/// What connections cost that do nothing.
///
/// Read [IdleBenchmark]. Uses `peers`, `load`, `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.idle;

import org.jspecify.annotations.NullMarked;

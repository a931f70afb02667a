/// What clients notice when gateways are replaced, crash or are added.
///
/// Read [RollingBenchmark] first. Uses `load`, `peers`, `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.moves;

import org.jspecify.annotations.NullMarked;

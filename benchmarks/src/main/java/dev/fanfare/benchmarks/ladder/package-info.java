/// What each layer between Redis and a client adds to the cost of a message.
///
/// Read [LadderBenchmark]. Uses `peers`, `load`, `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.ladder;

import org.jspecify.annotations.NullMarked;

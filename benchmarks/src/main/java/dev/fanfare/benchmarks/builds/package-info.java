/// Our services as native executables beside themselves on the JVM.
///
/// Read [BuildsBenchmark]. Uses `peers`, `load`, `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.builds;

import org.jspecify.annotations.NullMarked;

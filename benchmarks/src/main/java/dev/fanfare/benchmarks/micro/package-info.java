/// What single steps on the path of a message cost, by JMH.
///
/// Read [MicroBenchmark]. Uses `harness`.
@NullMarked
package dev.fanfare.benchmarks.micro;

import org.jspecify.annotations.NullMarked;

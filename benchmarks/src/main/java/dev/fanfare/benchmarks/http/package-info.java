/// What a publish over HTTP costs, beside the bare publisher class and a server as most are written.
///
/// Read [HttpBenchmark]. Uses `peers`, `load`, `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.http;

import org.jspecify.annotations.NullMarked;

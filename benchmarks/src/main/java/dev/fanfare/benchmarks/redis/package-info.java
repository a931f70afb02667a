/// A Redis of the benchmarks' own, our publisher at it, and the command that it sends.
@NullMarked
package dev.fanfare.benchmarks.redis;

import org.jspecify.annotations.NullMarked;

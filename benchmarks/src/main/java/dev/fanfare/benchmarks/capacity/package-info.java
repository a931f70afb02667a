/// What an installation needs for so many connections and messages.
///
/// Read [Plan]: the formula. Uses `peers`, `load`, `redis` and `harness`.
@NullMarked
package dev.fanfare.benchmarks.capacity;

import org.jspecify.annotations.NullMarked;

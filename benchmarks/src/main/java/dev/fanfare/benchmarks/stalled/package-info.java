/// What readers that have stopped to read cost those that go on.
@NullMarked
package dev.fanfare.benchmarks.stalled;

import org.jspecify.annotations.NullMarked;

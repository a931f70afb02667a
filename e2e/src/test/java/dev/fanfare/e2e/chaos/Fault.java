package dev.fanfare.e2e.chaos;

import java.time.Duration;
import java.util.function.IntFunction;

/// A kind of failure that can be made to happen and be undone.
///
/// | component | meaning                                                                              |
/// |-----------|--------------------------------------------------------------------------------------|
/// | `name`    | a slug, for plans and sums                                                           |
/// | `loss`    | what Redis itself may lose by it                                                     |
/// | `longest` | how long it may last at most                                                         |
/// | `begin`   | makes it happen to a target chosen by the number, 0 or more, and returns how to undo it |
record Fault(String name, Loss loss, Duration longest, IntFunction<Runnable> begin) {

    /// What Redis may lose, of what it has acknowledged.
    enum Loss {
        /// Nothing. Whoever is told of a loss after such a fault alone is told wrong.
        NONE,

        /// What no replica had yet.
        UNREPLICATED,

        /// Everything.
        ALL
    }
}

package dev.fanfare.benchmarks.fanout;

import dev.fanfare.benchmarks.load.Outcome;

/// What came of one server in one case and one round.
sealed interface Turn {

    record Measured(Outcome outcome) implements Turn {}

    /// It did not get through; `why` is for readers.
    record Failed(String why) implements Turn {}
}

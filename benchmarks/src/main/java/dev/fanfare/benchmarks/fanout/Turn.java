package dev.fanfare.benchmarks.fanout;

import dev.fanfare.benchmarks.load.Outcome;
import java.time.Duration;

/// What came of one server in one case and one round.
sealed interface Turn {

    /// It got through.
    ///
    /// @param redisCpu processor time that Redis took meanwhile
    record Measured(Outcome outcome, Duration redisCpu) implements Turn {

        /// Processor time of Redis for one delivery, in microseconds.
        double redisMicrosEach() {
            return redisCpu.toNanos() / 1e3 / outcome.delivered();
        }
    }

    /// It did not get through; `why` is for readers.
    record Failed(String why) implements Turn {}
}

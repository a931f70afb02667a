package dev.fanfare.benchmarks.http;

import dev.fanfare.benchmarks.load.PublishOutcome;
import java.util.Map;

/// What all sides have measured in one round, by title.
record Round(Map<String, PublishOutcome> outcomes) {

    Round {
        outcomes = Map.copyOf(outcomes);
    }

    /// Publishes per second as a share of those of the bare class in the same round.
    double shareOfBare(String title) {
        return of(title).perSecond() / of(BareSide.TITLE).perSecond();
    }

    PublishOutcome of(String title) {
        PublishOutcome outcome = outcomes.get(title);
        if (outcome == null) {
            throw new IllegalStateException(title + " was not measured in this round");
        }
        return outcome;
    }
}

package dev.fanfare.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The budgets of the in-memory broker. Confined to its thread.
final class InMemoryBudgets {

    private final Map<String, Instant> wholeAt = new HashMap<>();
    private final Clock clock;

    InMemoryBudgets(Clock clock) {
        this.clock = clock;
    }

    Duration spend(String budget, Duration cost) {
        Instant now = clock.instant();
        Instant before = wholeAt.getOrDefault(budget, now);
        Instant after = (before.isAfter(now) ? before : now).plus(cost);
        wholeAt.put(budget, after);
        return Duration.between(now, after);
    }

    void clear() {
        wholeAt.clear();
    }
}

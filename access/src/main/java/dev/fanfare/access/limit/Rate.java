package dev.fanfare.access.limit;

import dev.fanfare.contract.broker.BudgetLedger;
import java.time.Duration;

/// How often something may be done, for long and at once.
///
/// | component   | unit and range                                                                     |
/// |-------------|------------------------------------------------------------------------------------|
/// | `perSecond` | times a second, for long, 1 to 1,000,000; 0 for no limit at all                      |
/// | `burst`     | times at once after a pause, from 1; what is saved up comes back within a day         |
record Rate(int perSecond, int burst) {

    static final int MAX_PER_SECOND = 1_000_000;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// An instance tells the others of what it has let through when that is this part of a burst.
    private static final int CHUNKS_PER_BURST = 10;

    Rate {
        if (perSecond < 0 || perSecond > MAX_PER_SECOND) {
            throw new IllegalArgumentException("is 0 to " + MAX_PER_SECOND + " per second but is " + perSecond);
        }
        if (burst < 1 || (perSecond > 0 && burst / perSecond >= BudgetLedger.MAX_COST.toSeconds())) {
            throw new IllegalArgumentException(
                    "has a burst of at least 1 that comes back within a day but is " + burst);
        }
    }

    /// Whether there is no limit.
    boolean isOff() {
        return perSecond == 0;
    }

    /// What one time costs, nanoseconds.
    long cost() {
        return NANOS_PER_SECOND / perSecond;
    }

    /// How far ahead of time may be spent before the next one has to wait, nanoseconds.
    long credit() {
        return (burst - 1) * cost();
    }

    /// So many times are let through between two reports.
    int chunk() {
        return Math.max(1, burst / CHUNKS_PER_BURST);
    }

    /// Until a budget that was used up is whole again.
    Duration recovery() {
        return Duration.ofNanos(burst * cost());
    }
}

package dev.fanfare.telemetry.poll;

import java.time.Duration;

/// A fixed grid of ticks. What falls due while a poll is under way is skipped, never made up for.
final class PollSchedule {

    private final long startNanos;
    private final long intervalNanos;

    PollSchedule(long startNanos, Duration interval) {
        this.startNanos = startNanos;
        this.intervalNanos = interval.toNanos();
    }

    /// The first tick after `nowNanos`.
    long next(long nowNanos) {
        long passed = Math.floorDiv(nowNanos - startNanos, intervalNanos);
        return startNanos + (passed + 1) * intervalNanos;
    }
}

package dev.fanfare.telemetry.poll;

import java.time.Duration;

/// Tells whether a loop still turns: the loop says by when it will be heard of again.
public final class Heartbeat {

    private final Ticker ticker;
    private volatile long dueAt;
    private volatile boolean isResting = true;

    /// At rest until the first beat.
    public Heartbeat(Ticker ticker) {
        this.ticker = ticker;
    }

    /// The loop turns, and will be heard of again within `time`.
    public void beat(Duration time) {
        dueAt = ticker.nanos() + time.toNanos();
        isResting = false;
    }

    /// The loop has ended as it should.
    public void rest() {
        isResting = true;
    }

    /// Whether the loop should have been heard of by now.
    public boolean isOverdue() {
        return !isResting && ticker.nanos() - dueAt > 0;
    }
}

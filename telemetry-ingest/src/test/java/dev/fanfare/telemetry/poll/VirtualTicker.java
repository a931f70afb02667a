package dev.fanfare.telemetry.poll;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A ticker that never waits: sleeping moves its time on. Safe for use from several threads.
public final class VirtualTicker implements Ticker {

    /// Near the overflow, so that a comparison without subtraction shows itself.
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private final long start = now.get();

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void sleepUntil(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        now.updateAndGet(current -> deadline - current > 0 ? deadline : current);
    }

    public void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }

    /// Since the ticker was made.
    public Duration elapsed() {
        return Duration.ofNanos(nanos() - start);
    }
}

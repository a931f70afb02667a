package dev.fanfare.messaging.admission;

import java.util.concurrent.atomic.AtomicLong;

/// Bytes that may be held at a time. Safe for use by many threads; never waits.
final class ByteBudget {

    private final long max;
    private final AtomicLong taken = new AtomicLong();

    ByteBudget(long max) {
        this.max = max;
    }

    /// Takes `bytes` more, or none when not so many are left.
    boolean take(long bytes) {
        long before = taken.getAndUpdate(now -> bytes <= max - now ? now + bytes : now);
        return bytes <= max - before;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}

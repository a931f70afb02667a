package dev.fanfare.redis.feed;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Warnings of one kind, of which at most one is written in ten seconds; the next says how many were
/// left out. Safe for use by several threads.
final class RateLimitedLog {

    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final Logger logger;
    private final AtomicLong nextAtNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong suppressed = new AtomicLong();

    RateLimitedLog(Logger logger) {
        this.logger = logger;
    }

    void warn(Supplier<String> line) {
        long now = System.nanoTime();
        long due = nextAtNanos.get();
        if (now - due < 0 || !nextAtNanos.compareAndSet(due, now + INTERVAL_NANOS)) {
            suppressed.incrementAndGet();
            return;
        }
        long left = suppressed.getAndSet(0);
        logger.warn(left == 0 ? line.get() : line.get() + " suppressed=" + left);
    }
}

package dev.fanfare.redis.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Pauses between attempts: full jitter under a bound that doubles from `min` to `max`.
///
/// Full jitter, because all gateways lose a restarted Redis in the same moment and must not come back in
/// the same moment.
final class Backoff {

    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private int attempts;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.random = random;
    }

    /// The next pause, from nothing to the present bound.
    Duration next() {
        Duration bound = bound();
        attempts++;
        return Duration.ofNanos(random.nextLong(bound.toNanos() + 1));
    }

    private Duration bound() {
        // 2^20 times the smallest minimum, 1 ms, is far beyond any sane maximum; more would overflow.
        Duration doubled = min.multipliedBy(1L << Math.min(attempts, 20));
        return doubled.compareTo(max) < 0 ? doubled : max;
    }

    /// Starts again from the smallest bound.
    void reset() {
        attempts = 0;
    }

    int attempts() {
        return attempts;
    }
}

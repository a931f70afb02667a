package dev.fanfare.publisher.http;

import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongBinaryOperator;

/// When those who are sent away may come back: another time for each, so that they do not come back together.
/// Safe for use by many threads.
@Singleton
@Startup
final class RetryAfter {

    /// The latest is so many times the earliest.
    private static final int SPREAD = 3;

    private final long earliestSeconds;
    private final LongBinaryOperator random;

    @Inject
    RetryAfter(HttpConfig config) {
        this(config, (from, to) -> ThreadLocalRandom.current().nextLong(from, to));
    }

    /// @param random a number from the first, with it, to the second, without it
    RetryAfter(HttpConfig config, LongBinaryOperator random) {
        Duration retryAfter = config.retryAfter();
        if (retryAfter.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "fanfare.publisher.http.retry-after is at least 1s but is " + retryAfter);
        }
        this.earliestSeconds = retryAfter.toSeconds();
        this.random = random;
    }

    /// The value of the header `Retry-After`, in seconds.
    String next() {
        return next(Duration.ZERO);
    }

    /// The same, where it is no better before `wait` is over.
    String next(Duration wait) {
        long least = wait.plusSeconds(1).minusNanos(1).toSeconds();
        return Long.toString(Math.max(least, random.applyAsLong(earliestSeconds, SPREAD * earliestSeconds + 1)));
    }
}

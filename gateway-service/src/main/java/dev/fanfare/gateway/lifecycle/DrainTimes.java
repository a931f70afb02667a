package dev.fanfare.gateway.lifecycle;

import java.time.Duration;

/// How long each part of a drain takes.
///
/// @param delay from not ready to the first turn
/// @param spread from the first turn to the last
/// @param grace from a client's turn until it is closed
/// @param close for the closing handshakes
record DrainTimes(Duration delay, Duration spread, Duration grace, Duration close) {

    private static final Duration LEAST_SPREAD = Duration.ofSeconds(1);
    private static final String PREFIX = "fanfare.gateway.drain.";

    /// Divides the time of `config`.
    ///
    /// @throws IllegalArgumentException naming the property that is out of its range
    static DrainTimes of(DrainConfig config, LifecycleConfig lifecycle) {
        check(isWithinAMinute(config.delay()), PREFIX + "delay must be 0 s to 1 min");
        check(isWithinAMinute(config.grace()), PREFIX + "grace must be 0 s to 1 min");
        check(
                isWithinAMinute(lifecycle.closeTimeout()),
                "fanfare.gateway.lifecycle.close-timeout must be 0 s to 1 min");
        Duration timeout = config.timeout();
        Duration parts = config.delay().plus(config.grace()).plus(lifecycle.closeTimeout());
        Duration spread = timeout.minus(parts);
        boolean fits = spread.compareTo(LEAST_SPREAD) >= 0 && timeout.compareTo(Duration.ofHours(1)) <= 0;
        check(
                fits,
                "%stimeout is %d s and must be 1 h at most, and at least %d s: 1 s more than delay, grace and"
                                .formatted(
                                        PREFIX,
                                        timeout.toSeconds(),
                                        parts.plus(LEAST_SPREAD).toSeconds())
                        + " fanfare.gateway.lifecycle.close-timeout together; make it longer, or one of them shorter");
        return new DrainTimes(config.delay(), spread, config.grace(), lifecycle.closeTimeout());
    }

    /// The whole of it.
    Duration total() {
        return delay.plus(spread).plus(grace).plus(close);
    }

    private static boolean isWithinAMinute(Duration value) {
        return !value.isNegative() && value.compareTo(Duration.ofMinutes(1)) <= 0;
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

package dev.fanfare.redis.connection;

import java.time.Duration;

/// What bounds the commands of one process.
///
/// | component    | unit and range                                                                  |
/// |--------------|---------------------------------------------------------------------------------|
/// | `timeout`    | from the call to the answer over all attempts, from 100 ms                        |
/// | `maxPending` | commands without an answer, from 1; further ones are refused at once              |
/// | `recheckEvery` | how often the Sentinels are asked for the primary without cause, from 100 ms    |
public record CommandLimits(Duration timeout, int maxPending, Duration recheckEvery) {

    /// How often the Sentinels are asked unless something else is said.
    public static final Duration RECHECK_EVERY = Duration.ofSeconds(1);

    public CommandLimits(Duration timeout, int maxPending) {
        this(timeout, maxPending, RECHECK_EVERY);
    }

    public CommandLimits {
        if (timeout.toMillis() < 100) {
            throw new IllegalArgumentException("the command timeout is at least 100 ms but is " + timeout);
        }
        if (maxPending < 1) {
            throw new IllegalArgumentException("at least 1 command may wait, not " + maxPending);
        }
        if (recheckEvery.toMillis() < 100) {
            throw new IllegalArgumentException("the Sentinels are asked every 100 ms at most, not " + recheckEvery);
        }
    }
}

package dev.fanfare.redis.connection;

import java.time.Duration;

/// What bounds the commands of one process.
///
/// | component    | unit and range                                                                  |
/// |--------------|---------------------------------------------------------------------------------|
/// | `timeout`    | from the call to the answer over all attempts, from 100 ms                        |
/// | `maxPending` | commands without an answer, from 1; further ones are refused at once              |
public record CommandLimits(Duration timeout, int maxPending) {

    public CommandLimits {
        if (timeout.toMillis() < 100) {
            throw new IllegalArgumentException("the command timeout is at least 100 ms but is " + timeout);
        }
        if (maxPending < 1) {
            throw new IllegalArgumentException("at least 1 command may wait, not " + maxPending);
        }
    }
}

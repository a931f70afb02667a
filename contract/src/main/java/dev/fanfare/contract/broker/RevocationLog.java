package dev.fanfare.contract.broker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What was revoked and is not yet forgotten, in the order in which it was.
///
/// Never blocks; futures complete on a thread of the broker and fail with `BROKER_UNAVAILABLE` when
/// Redis does not answer in time.
public interface RevocationLog {

    /// Most revocations that are kept; the next one fails with `OVERLOADED`.
    int MAX_ENTRIES = 100_000;

    /// Most revocations of one read.
    int MAX_LIMIT = 1000;

    /// Longest grace and longest memory.
    Duration MAX_TIME = Duration.ofDays(366);

    /// Adds a revocation. Revoking the same again adds another one, and does no harm.
    ///
    /// @param grace from now to when it takes effect, 0 to [#MAX_TIME]
    /// @param memory how long it is kept after that, 1 ms to [#MAX_TIME]
    CompletableFuture<Revocation> revoke(RevocationTarget target, Duration grace, Duration memory);

    /// The revocations with greater serials than `after`, oldest first. Those that may be forgotten may
    /// or may not be among them.
    ///
    /// @param after 0 to begin with the oldest
    /// @param limit most of them to read, 1 to [#MAX_LIMIT]; fewer mean that there are no more
    CompletableFuture<List<Revocation>> since(long after, int limit);

    /// Checks what [#revoke] is asked for.
    ///
    /// @throws IllegalArgumentException if a time is out of its range
    static void checkTimes(Duration grace, Duration memory) {
        if (grace.isNegative() || grace.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException("the grace is 0 to " + MAX_TIME + " but is " + grace);
        }
        if (memory.toMillis() < 1 || memory.compareTo(MAX_TIME) > 0) {
            throw new IllegalArgumentException("the memory is 1 ms to " + MAX_TIME + " but is " + memory);
        }
    }

    /// Checks what [#since] is asked for.
    ///
    /// @throws IllegalArgumentException if `after` or `limit` is out of its range
    static void checkRead(long after, int limit) {
        if (after < 0 || limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "reads begin after 0 or more and tell 1 to " + MAX_LIMIT + ", not " + limit + " after " + after);
        }
    }
}

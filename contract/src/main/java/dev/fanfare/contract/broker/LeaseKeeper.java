package dev.fanfare.contract.broker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Named leases: at most one owner at a time, for a time, numbered so that a late owner is noticed.
///
/// Never blocks; futures complete on a thread of the broker and fail with `BROKER_UNAVAILABLE` when
/// Redis does not answer in time.
public interface LeaseKeeper {

    /// Shortest lease: below that, the way to Redis and back would eat it up.
    Duration MIN_TTL = Duration.ofMillis(100);

    /// Takes the free lease `name`, or prolongs it when `owner` has it already.
    ///
    /// @param name 1 to 128 visible ASCII characters
    /// @param owner unique to the process, 1 to 128 visible ASCII characters
    /// @param ttl how long the lease lasts unless prolonged, from [#MIN_TTL]
    CompletableFuture<LeaseOutcome> acquire(String name, String owner, Duration ttl);

    /// Gives the lease up if `owner` has it, so that another can take it at once.
    CompletableFuture<Void> release(String name, String owner);
}

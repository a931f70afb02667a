package dev.fanfare.contract.broker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Which instances of a service are well, and how much they have to do, as far as they have said so themselves.
///
/// Never blocks; futures complete on a thread of the broker and fail with `BROKER_UNAVAILABLE` when
/// Redis does not answer in time.
public interface InstanceDirectory {

    /// Shortest time to count as well: below that, the way to Redis and back would eat it up.
    Duration MIN_TTL = Duration.ofMillis(100);

    /// Says how `instance` is, and asks for the others. Who is well counts for `ttl`, unless it says so
    /// again; who is not is forgotten at once. What one caller says takes effect in the order of its calls.
    ///
    /// @param service 1 to 128 visible ASCII characters other than `{` and `}`
    /// @param instance unique to the process, 1 to 128 visible ASCII characters
    /// @param ttl by the clock of Redis, from [#MIN_TTL]
    /// @param load what the others are told of it; nobody is told of one that is not well
    /// @return the loads of the other instances of `service` that are well, one for each
    CompletableFuture<List<InstanceLoad>> announce(
            String service, String instance, boolean isWell, InstanceLoad load, Duration ttl);
}

package dev.fanfare.contract.broker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Which connections the gateways hold, as far as these have told, and which of them are to be closed.
///
/// What an instance has told counts for as long as its lease, so nothing is left of one that died. Never blocks;
/// futures complete on a thread of the broker and fail with `BROKER_UNAVAILABLE` when Redis does not answer in time.
public interface ConnectionRegistry {

    /// Most changes of one report.
    int MAX_CHANGES = 1000;

    /// Most connections of one listing.
    int MAX_LIMIT = 1000;

    /// Most channels that are told of one connection.
    int MAX_CHANNELS = 100;

    /// Most characters that the names of these channels have together: 100 names of 40 characters, and not what
    /// somebody can make of them who wants to fill Redis.
    int MAX_CHANNEL_CHARACTERS = 4_000;

    /// Most ends that are kept; the next one fails with `OVERLOADED`.
    int MAX_ENDS = 10_000;

    /// How long an end is kept: an instance that does not watch for so long misses it.
    Duration ENDS_KEPT = Duration.ofMinutes(1);

    /// Shortest lease: below that, the way to Redis and back would eat it up.
    Duration MIN_LEASE = Duration.ofMillis(100);

    /// Tells what has become of connections of `instance`, in this order, and prolongs what it told before.
    ///
    /// @param instance unique to the process, 1 to 128 visible ASCII characters other than `{` and `}`
    /// @param number 1 to begin anew: whatever was told before is forgotten. Else one more than that
    ///     of the report before
    /// @param changes at most [#MAX_CHANGES]; none to prolong only
    /// @param lease for how long it counts, from [#MIN_LEASE]
    /// @return false, and nothing changes, when an earlier report is missing: begin anew
    CompletableFuture<Boolean> report(String instance, long number, List<ConnectionChange> changes, Duration lease);

    /// Prolongs the lease of `instance`, and asks what is to be closed. What was reported is listed only
    /// under a lease.
    ///
    /// @param after tells ends with greater serials; 0 for all that are kept
    CompletableFuture<ConnectionWatch> watch(String instance, Duration lease, long after);

    /// Gives the lease up: the connections of `instance` are not listed any more.
    CompletableFuture<Void> leave(String instance);

    /// Asks every instance to close what `kind` and `value` name. Nobody knows whether there is anything.
    CompletableFuture<ConnectionEnd> end(ConnectionEnd.Kind kind, String value);

    /// A page of the connections. Who goes on with [ConnectionListing#next] until there is none has been told every
    /// connection that was there, and the same, all the time; and none twice. A page may be short, even empty,
    /// though another one follows.
    CompletableFuture<ConnectionListing> list(ConnectionQuery query);

    /// Checks what [#report] is asked for.
    ///
    /// @throws IllegalArgumentException if something is out of its range
    static void checkReport(long number, List<ConnectionChange> changes, Duration lease) {
        if (number < 1 || changes.size() > MAX_CHANGES) {
            throw new IllegalArgumentException("reports count from 1 and have at most " + MAX_CHANGES + " changes, not "
                    + changes.size() + " in number " + number);
        }
        checkLease(lease);
    }

    /// Checks the lease of an instance.
    ///
    /// @throws IllegalArgumentException if it is too short
    static void checkLease(Duration lease) {
        if (lease.compareTo(MIN_LEASE) < 0) {
            throw new IllegalArgumentException("a lease lasts for at least " + MIN_LEASE + ", not " + lease);
        }
    }
}

package dev.fanfare.contract.broker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The API keys of an installation, in the order in which they changed last.
///
/// Never blocks; futures complete on a thread of the broker and fail with `BROKER_UNAVAILABLE` when
/// Redis does not answer in time.
public interface ApiKeyStore {

    /// Most keys that are kept; the next one fails with `OVERLOADED`.
    int MAX_KEYS = 10_000;

    /// Most keys of one read.
    int MAX_LIMIT = 1000;

    /// What became of a key that was to be removed.
    enum Removal {
        REMOVED,
        /// There is no such key.
        UNKNOWN,
        /// It is enabled, and stays: whoever holds it is shut out first.
        ENABLED
    }

    /// Keeps a new key, enabled. One with an id that there is already stays as it is, and is the answer: so the same
    /// may be asked again.
    CompletableFuture<ApiKey> create(ApiKey.Draft draft);

    /// The key as it is now.
    CompletableFuture<Optional<ApiKey>> find(String id);

    /// Enables or disables a key. One that is so already does not change.
    ///
    /// @return the key as it is then; empty if there is none
    CompletableFuture<Optional<ApiKey>> enable(String id, boolean isEnabled);

    /// Forgets a key that is disabled.
    CompletableFuture<Removal> remove(String id);

    /// The keys with greater versions than `after`, oldest first: a key that changes in between is told again, and
    /// none is left out.
    ///
    /// @param after 0 to begin with the oldest
    /// @param limit most of them to read, 1 to [#MAX_LIMIT]; fewer mean that there are no more
    CompletableFuture<List<ApiKey>> changedSince(long after, int limit);

    /// Checks what [#changedSince] is asked for.
    ///
    /// @throws IllegalArgumentException if `after` or `limit` is out of its range
    static void checkRead(long after, int limit) {
        if (after < 0 || limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "reads begin after 0 or more and tell 1 to " + MAX_LIMIT + ", not " + limit + " after " + after);
        }
    }
}

package dev.fanfare.access.key;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The keys of one issuer, in memory. Safe for use from any thread; nothing here blocks.
public interface IssuerKeys extends AutoCloseable {

    /// The newest set that could be read; empty before the first.
    KeySet current();

    /// Asks for a newer set, for a token whose key is not in the current one.
    ///
    /// @return completes when the source has been asked, with whether it answered; at once, with how it was
    ///     the last time, when it has been asked only just now or too many wait. Completes on a virtual
    ///     thread or on the caller's
    CompletionStage<Boolean> newer();

    /// Time since the source last gave a set that could be used; empty before it did so once.
    Optional<Duration> age();

    @Override
    void close();

    /// Keys that never change.
    static IssuerKeys fixed(KeySet keys) {
        return new IssuerKeys() {
            @Override
            public KeySet current() {
                return keys;
            }

            @Override
            public CompletionStage<Boolean> newer() {
                return CompletableFuture.completedFuture(true);
            }

            @Override
            public Optional<Duration> age() {
                return Optional.of(Duration.ZERO);
            }

            @Override
            public void close() {}
        };
    }
}

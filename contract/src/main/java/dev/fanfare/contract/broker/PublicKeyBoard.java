package dev.fanfare.contract.broker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Where those who sign tokens put up their public keys, and those who check tokens find them.
///
/// It holds what all instances have put up together, so that one which does not have a key yet takes it from nobody.
/// Never blocks; futures complete on a thread of the broker and fail with `BROKER_UNAVAILABLE` when Redis does not
/// answer in time.
public interface PublicKeyBoard {

    /// Most keys at a time; the next one fails with `OVERLOADED`.
    int MAX_KEYS = 64;

    /// Longest key, in characters: of RSA with 8192 bits and some more.
    int MAX_JWK_LENGTH = 4096;

    /// Longest id, in characters.
    int MAX_ID_LENGTH = 128;

    /// Longest memory.
    Duration MAX_MEMORY = Duration.ofDays(366);

    /// Puts a key up, or renews it. One whose `jwk` differs from that under the same id takes its place, and
    /// counts as put up now.
    ///
    /// @param memory how long it stays unless it is renewed, 1 ms to [#MAX_MEMORY]
    CompletableFuture<Void> announce(String id, String jwk, Duration memory);

    /// Takes a key down, until somebody puts it up again.
    CompletableFuture<Void> withdraw(String id);

    /// What is up now.
    CompletableFuture<PublicKeys> publicKeys();

    /// Checks what [#announce] is asked for.
    ///
    /// @throws IllegalArgumentException if something is out of its range
    static void checkAnnounced(String id, String jwk, Duration memory) {
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH || jwk.isEmpty() || jwk.length() > MAX_JWK_LENGTH) {
            throw new IllegalArgumentException("a public key has an id of 1 to " + MAX_ID_LENGTH
                    + " characters and is a JSON object of up to " + MAX_JWK_LENGTH + ": \"" + id + "\"");
        }
        if (memory.toMillis() < 1 || memory.compareTo(MAX_MEMORY) > 0) {
            throw new IllegalArgumentException("the memory is 1 ms to " + MAX_MEMORY + " but is " + memory);
        }
    }
}

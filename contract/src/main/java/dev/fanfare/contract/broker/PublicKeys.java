package dev.fanfare.contract.broker;

import java.time.Instant;
import java.util.List;

/// The public keys of an installation at one moment.
///
/// | component | meaning                                             |
/// |-----------|-----------------------------------------------------|
/// | `now`     | the moment, by the clock of the broker               |
/// | `keys`    | in the order of their ids                            |
public record PublicKeys(Instant now, List<PublicKey> keys) {

    /// One of them.
    ///
    /// | component | meaning                                                    |
    /// |-----------|------------------------------------------------------------|
    /// | `id`      | the `kid` that tokens name it by                            |
    /// | `jwk`     | the key, a JSON object (RFC 7517) without any private part  |
    /// | `since`   | since when it has been there as it is, by the broker's clock |
    public record PublicKey(String id, String jwk, Instant since) {}

    public PublicKeys {
        keys = List.copyOf(keys);
    }
}

package dev.fanfare.access.key;

import java.util.Optional;
import java.util.stream.Stream;

/// How a token may be signed (RFC 7518 section 3.1, RFC 8037 section 3.1).
public enum SigningAlgorithm {
    RS256("RS256"),
    ES256("ES256"),
    /// With Ed25519 keys only.
    EDDSA("EdDSA"),
    /// With a secret that issuer and Fanfare share; everybody who can check can also issue.
    HS256("HS256");

    private final String id;

    SigningAlgorithm(String id) {
        this.id = id;
    }

    /// The value of a token's `alg`.
    public String id() {
        return id;
    }

    /// Whether it is checked with a shared secret.
    public boolean isSymmetric() {
        return this == HS256;
    }

    /// The algorithm of exactly this `id`: `none` and all else is empty.
    public static Optional<SigningAlgorithm> of(String id) {
        return Stream.of(values()).filter(a -> a.id.equals(id)).findFirst();
    }
}

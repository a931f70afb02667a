package dev.fanfare.access.key;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;

/// How a token may be signed (RFC 7518 section 3.1, RFC 8037 section 3.1).
public enum SigningAlgorithm {
    RS256("RS256"),
    ES256("ES256"),
    /// With Ed25519 keys only.
    EDDSA("EdDSA"),
    /// With a secret that issuer and Fanfare share; everybody who can check can also issue.
    HS256("HS256");

    private static final int MIN_RSA_BITS = 2048;
    // A larger one makes each check slower by the square of its length, on an event loop.
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_RSA_EXPONENT_BITS = 33;

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

    /// The algorithm of `key`; empty for RSA keys under 2048 or over 8192 bits, and for curves other than P-256 and
    /// Ed25519.
    public static Optional<SigningAlgorithm> of(PublicJsonWebKey key) {
        return switch (key) {
            case RsaJsonWebKey rsa when isSane(rsa.getRsaPublicKey()) -> Optional.of(RS256);
            case EllipticCurveJsonWebKey ec when "P-256".equals(ec.getCurveName()) -> Optional.of(ES256);
            case OctetKeyPairJsonWebKey okp
            when OctetKeyPairJsonWebKey.SUBTYPE_ED25519.equals(okp.getSubtype()) -> Optional.of(EDDSA);
            default -> Optional.empty();
        };
    }

    private static boolean isSane(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && key.getPublicExponent().bitLength() <= MAX_RSA_EXPONENT_BITS;
    }
}

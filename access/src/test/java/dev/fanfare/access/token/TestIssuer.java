package dev.fanfare.access.token;

import dev.fanfare.access.key.IssuerKeys;
import dev.fanfare.access.key.KeySet;
import dev.fanfare.access.key.SigningAlgorithm;
import dev.fanfare.access.key.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// An issuer with one key, which signs whatever a test wants signed.
final class TestIssuer {

    static final String AUDIENCE = "fanfare";

    private final String name;
    private final SigningAlgorithm algorithm;
    private final @Nullable String keyId;
    private final Key signing;
    private final Key verifying;

    TestIssuer(String name, SigningAlgorithm algorithm, @Nullable String keyId) {
        this.name = name;
        this.algorithm = algorithm;
        this.keyId = keyId;
        if (algorithm == SigningAlgorithm.HS256) {
            this.signing =
                    new HmacKey(("a secret of " + name + ", long enough for HS256").getBytes(StandardCharsets.UTF_8));
            this.verifying = signing;
        } else {
            KeyPair pair = pair(algorithm);
            this.signing = pair.getPrivate();
            this.verifying = pair.getPublic();
        }
    }

    private static KeyPair pair(SigningAlgorithm algorithm) {
        try {
            return switch (algorithm) {
                case RS256 -> generator("RSA").generateKeyPair();
                case EDDSA -> generator("Ed25519").generateKeyPair();
                case ES256 -> {
                    KeyPairGenerator generator = generator("EC");
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                    yield generator.generateKeyPair();
                }
                case HS256 -> throw new IllegalArgumentException("a secret is no pair");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPairGenerator generator(String name) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(name);
    }

    PublicKey publicKey() {
        return (PublicKey) verifying;
    }

    VerificationKey key() {
        return new VerificationKey(algorithm.isSymmetric() ? null : keyId, algorithm, verifying);
    }

    TrustedIssuer trusted() {
        return trustedWith(IssuerKeys.fixed(new KeySet(List.of(key()))));
    }

    TrustedIssuer trustedWith(IssuerKeys keys) {
        return new TrustedIssuer(name, AUDIENCE, Set.of(algorithm), keys);
    }

    /// Claims that are good at `now`, for five minutes.
    Map<String, Object> goodClaims(Instant now) {
        Map<String, Object> claims = new TreeMap<>();
        claims.put("iss", name);
        claims.put("aud", AUDIENCE);
        claims.put("sub", "alice");
        claims.put("jti", "token-1");
        claims.put("clientId", "phone");
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + 300);
        claims.put("capability", Map.of("iss.*", List.of("subscribe")));
        return claims;
    }

    String token(Instant now) {
        return sign(goodClaims(now));
    }

    String sign(Map<String, Object> claims) {
        return sign(JsonUtil.toJson(claims), jws -> {});
    }

    String sign(String payload, Consumer<JsonWebSignature> change) {
        var jws = new JsonWebSignature();
        jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        jws.setPayload(payload);
        jws.setAlgorithmHeaderValue(algorithm.id());
        if (keyId != null) {
            jws.setKeyIdHeaderValue(keyId);
        }
        jws.setKey(signing);
        change.accept(jws);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}

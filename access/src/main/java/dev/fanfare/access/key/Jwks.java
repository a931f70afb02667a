package dev.fanfare.access.key;

import dev.fanfare.contract.message.RawJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.lang.JoseException;

/// Reads a JSON Web Key Set (RFC 7517).
///
/// Keys that are not for checking signatures, or of a kind that Fanfare does not use, are passed over as
/// section 5 asks. So are symmetric and private keys: who publishes one has published it to everybody.
final class Jwks {

    /// Longest key set, in bytes.
    static final int MAX_BYTES = 1 << 20;

    /// Most keys of a set. Issuers have two or three; more than this is a mistake or an attack.
    static final int MAX_KEYS = 256;

    private static final Logger LOG = Logger.getLogger(Jwks.class);

    private Jwks() {}

    /// The usable keys for `allowed` algorithms.
    ///
    /// @throws UnusableKeysException if it is no key set, is over a limit, or has no usable key
    static KeySet read(byte[] utf8, Set<SigningAlgorithm> allowed) throws UnusableKeysException {
        List<JsonWebKey> all = parse(utf8);
        if (all.size() > MAX_KEYS) {
            throw new UnusableKeysException("it has " + all.size() + " keys, more than " + MAX_KEYS);
        }
        List<VerificationKey> usable = new ArrayList<>();
        for (JsonWebKey key : all) {
            usable(key).filter(k -> allowed.contains(k.algorithm())).ifPresent(usable::add);
        }
        if (usable.isEmpty()) {
            throw new UnusableKeysException("it has no key for " + allowed);
        }
        try {
            return new KeySet(usable);
        } catch (IllegalArgumentException e) {
            throw new UnusableKeysException(String.valueOf(e.getMessage()));
        }
    }

    private static List<JsonWebKey> parse(byte[] utf8) throws UnusableKeysException {
        if (utf8.length > MAX_BYTES) {
            throw new UnusableKeysException("it has more than " + MAX_BYTES + " bytes");
        }
        try {
            return new JsonWebKeySet(RawJson.parse(utf8).toString()).getJsonWebKeys();
        } catch (IOException | JoseException | RuntimeException _) {
            // The message may quote the content.
            throw new UnusableKeysException("it is not a JSON Web Key Set");
        }
    }

    private static Optional<VerificationKey> usable(JsonWebKey key) {
        if (!(key instanceof PublicJsonWebKey pair) || !isForSignatures(pair)) {
            return Optional.empty();
        }
        if (pair.getPrivateKey() != null) {
            LOG.errorf(
                    "a key set has a private key, which is not used: replace it at the issuer kid=%s", pair.getKeyId());
            return Optional.empty();
        }
        return SigningAlgorithm.of(pair)
                .filter(algorithm ->
                        pair.getAlgorithm() == null || algorithm.id().equals(pair.getAlgorithm()))
                .map(algorithm -> new VerificationKey(pair.getKeyId(), algorithm, pair.getPublicKey()));
    }

    private static boolean isForSignatures(JsonWebKey key) {
        return (key.getUse() == null || Use.SIGNATURE.equals(key.getUse()))
                && (key.getKeyOps() == null || key.getKeyOps().contains("verify"));
    }
}

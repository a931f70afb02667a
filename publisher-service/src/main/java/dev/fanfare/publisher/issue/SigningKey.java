package dev.fanfare.publisher.issue;

import dev.fanfare.access.key.SigningAlgorithm;
import java.security.PrivateKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/// A key that tokens are signed with. The private part is never printed.
///
/// | component    | meaning                                     |
/// |--------------|---------------------------------------------|
/// | `id`         | the `kid` that its tokens name              |
/// | `algorithm`  | the only one that it signs with             |
/// | `privateKey` | signs                                       |
/// | `publicJwk`  | checks: a JSON object without private parts  |
record SigningKey(String id, SigningAlgorithm algorithm, PrivateKey privateKey, String publicJwk) {

    /// The key of a pair, which has to fit together.
    ///
    /// @throws UnusableKeyException if it is of a kind that is not used, lacks its private part, or does not
    /// check what it
    ///     signs
    static SigningKey of(String id, PublicJsonWebKey pair) throws UnusableKeyException {
        SigningAlgorithm algorithm = SigningAlgorithm.of(pair)
                .orElseThrow(() -> new UnusableKeyException(
                        "use P-256, Ed25519, or RSA with 2048 to 8192 bits, not another kind of key"));
        if (pair.getPrivateKey() == null) {
            throw new UnusableKeyException("the private key is missing");
        }
        pair.setKeyId(id);
        pair.setUse(Use.SIGNATURE);
        pair.setAlgorithm(algorithm.id());
        var key = new SigningKey(id, algorithm, pair.getPrivateKey(), pair.toJson(OutputControlLevel.PUBLIC_ONLY));
        try {
            var check = new JsonWebSignature();
            check.setCompactSerialization(key.sign("{}"));
            check.setKey(pair.getPublicKey());
            if (!check.verifySignature()) {
                throw new UnusableKeyException("private and public key are not a pair");
            }
        } catch (JoseException _) {
            // The message may quote the key.
            throw new UnusableKeyException("it cannot sign");
        }
        return key;
    }

    /// A token with these claims, in compact form.
    String sign(String claims) throws JoseException {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(algorithm.id());
        signature.setKeyIdHeaderValue(id);
        signature.setHeader("typ", "JWT");
        signature.setPayload(claims);
        signature.setKey(privateKey);
        return signature.getCompactSerialization();
    }

    @Override
    public String toString() {
        return "SigningKey[id=" + id + ", algorithm=" + algorithm + "]";
    }
}

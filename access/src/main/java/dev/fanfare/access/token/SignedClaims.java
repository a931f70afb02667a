package dev.fanfare.access.token;

import dev.fanfare.access.key.VerificationKey;
import dev.fanfare.contract.failure.ErrorCode;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.AudValidator;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.InvalidJwtSignatureException;
import org.jose4j.jwt.consumer.IssValidator;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/// Checks signature, issuer and audience with one key and for one algorithm.
///
/// A check of its own for each key is what makes algorithm confusion impossible: an RSA key is never at hand
/// where an HMAC is computed.
final class SignedClaims {

    private final JwtConsumer consumer;

    SignedClaims(TrustedIssuer issuer, VerificationKey key) {
        this.consumer = new JwtConsumerBuilder()
                .setVerificationKey(key.key())
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT, key.algorithm().id())
                // Times follow our own clock, see ClaimRules.
                .setSkipAllDefaultValidators()
                .registerValidator(new IssValidator(issuer.issuer(), true))
                .registerValidator(new AudValidator(Set.of(issuer.audience()), true))
                .build();
    }

    /// The claims of a token whose signature, issuer and audience are right.
    JwtClaims check(String token) throws RefusedException {
        try {
            return consumer.processToClaims(token);
        } catch (InvalidJwtSignatureException _) {
            throw signatureInvalid();
        } catch (InvalidJwtException e) {
            throw refusal(e.getErrorDetails());
        } catch (RuntimeException _) {
            // Whoever finds a text that the library stumbles over must not fill our logs with stack traces.
            throw new RefusedException(ErrorCode.TOKEN_MALFORMED, "it cannot be read");
        }
    }

    private static RefusedException refusal(List<ErrorCodeValidator.Error> errors) {
        int code =
                errors.isEmpty() ? ErrorCodes.MISCELLANEOUS : errors.getFirst().getErrorCode();
        return switch (code) {
            case ErrorCodes.AUDIENCE_MISSING -> new RefusedException(ErrorCode.TOKEN_AUDIENCE_WRONG, "it has no aud");
            case ErrorCodes.AUDIENCE_INVALID ->
                new RefusedException(ErrorCode.TOKEN_AUDIENCE_WRONG, "its aud names somebody else");
            case ErrorCodes.ISSUER_INVALID, ErrorCodes.ISSUER_MISSING ->
                new RefusedException(ErrorCode.TOKEN_ISSUER_UNKNOWN, "its iss is not that of the key");
            case ErrorCodes.MALFORMED_CLAIM ->
                new RefusedException(ErrorCode.TOKEN_CLAIM_INVALID, "one of its claims is of a wrong type");
            case ErrorCodes.JSON_INVALID ->
                new RefusedException(ErrorCode.TOKEN_MALFORMED, "its payload cannot be read");
            // A signature of the wrong length is a fault to the algorithm, not a wrong signature.
            default -> signatureInvalid();
        };
    }

    private static RefusedException signatureInvalid() {
        return new RefusedException(ErrorCode.TOKEN_SIGNATURE_INVALID, "its signature is not that of the named key");
    }
}

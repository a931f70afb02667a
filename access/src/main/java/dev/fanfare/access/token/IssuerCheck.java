package dev.fanfare.access.token;

import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.IllegalCapabilityException;
import dev.fanfare.access.key.KeySet;
import dev.fanfare.access.key.SigningAlgorithm;
import dev.fanfare.access.key.VerificationKey;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.RawJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/// Checks the tokens of one issuer with the keys that it has at the moment.
final class IssuerCheck {

    /// The checks that belong to a set of keys; made anew when the set changes.
    private record Checks(KeySet keys, Map<VerificationKey, SignedClaims> byKey) {}

    private final TrustedIssuer issuer;
    private final ClaimRules rules;
    private volatile Checks checks = new Checks(KeySet.EMPTY, Map.of());

    IssuerCheck(TrustedIssuer issuer, ClaimRules rules) {
        this.issuer = issuer;
        this.rules = rules;
    }

    TrustedIssuer issuer() {
        return issuer;
    }

    /// The algorithm of `token`, if its issuer may use it.
    SigningAlgorithm algorithm(UnverifiedToken token) throws RefusedException {
        return SigningAlgorithm.of(token.algorithm())
                .filter(issuer.algorithms()::contains)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.TOKEN_ALGORITHM_REFUSED,
                        "it is signed with " + token.algorithm() + ", which is not for this issuer"));
    }

    /// What checks signatures of the key that `token` names, or empty when that is not in the current set.
    Optional<SignedClaims> find(UnverifiedToken token, SigningAlgorithm algorithm) {
        Checks now = checksNow();
        return now.keys()
                .find(token.keyId(), algorithm)
                .flatMap(key -> Optional.ofNullable(now.byKey().get(key)));
    }

    private Checks checksNow() {
        KeySet keys = issuer.keys().current();
        Checks known = checks;
        if (!known.keys().equals(keys)) {
            known = new Checks(
                    keys,
                    keys.keys().stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    Function.identity(), key -> new SignedClaims(issuer, key))));
            checks = known;
        }
        return known;
    }

    /// What `token` says, if it is good.
    Token verified(UnverifiedToken token, SignedClaims check) throws RefusedException {
        JwtClaims claims = check.check(token.text());
        try {
            Instant expiry = rules.checkTimes(claims);
            String subject = rules.subject(claims);
            String id = rules.id(claims);
            String clientId = rules.clientId(claims);
            return new Token(
                    id == null ? digest(token.text()) : id,
                    subject,
                    token.keyId(),
                    issuer.issuer(),
                    rules.issuedAt(claims, expiry),
                    expiry,
                    capabilities(token.capability()),
                    clientId,
                    rules.apiKey(claims));
        } catch (MalformedClaimException _) {
            throw new RefusedException(ErrorCode.TOKEN_CLAIM_INVALID, "one of its claims is of a wrong type");
        }
    }

    private static Capabilities capabilities(@Nullable RawJson claim) throws RefusedException {
        if (claim == null) {
            throw new RefusedException(ErrorCode.TOKEN_CLAIM_MISSING, "it has no capability");
        }
        try {
            return Capabilities.parse(claim.utf8());
        } catch (IllegalCapabilityException e) {
            throw new RefusedException(ErrorCode.TOKEN_CLAIM_INVALID, "its capability: " + e.getMessage());
        }
    }

    /// Without the signature: an ECDSA signature has a twin that is as good, and a revoked token must not come
    /// back with it.
    private static String digest(String text) {
        try {
            byte[] signed = text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(signed);
            return "sha256-" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

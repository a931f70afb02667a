package dev.fanfare.access.token;

import dev.fanfare.access.key.SigningAlgorithm;
import dev.fanfare.contract.failure.ErrorCode;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/// Decides whether a token is good, and says what it allows. Safe for use from any thread, never blocks.
///
/// In this order: length, form, issuer, algorithm, key, signature, audience, times, other claims. Nothing is
/// parsed before the length is right, and no claim but `iss` is looked at before the signature is.
public final class TokenVerifier implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(TokenVerifier.class);

    private final Map<String, IssuerCheck> checks;
    private final TokenSettings settings;

    /// @throws IllegalArgumentException if two issuers have the same `iss`
    public TokenVerifier(List<TrustedIssuer> issuers, TokenSettings settings, Clock clock) {
        var rules = new ClaimRules(settings, clock);
        Map<String, IssuerCheck> byIssuer = new HashMap<>();
        for (TrustedIssuer issuer : issuers) {
            if (byIssuer.put(issuer.issuer(), new IssuerCheck(issuer, rules)) != null) {
                throw new IllegalArgumentException("two issuers are called \"" + issuer.issuer() + "\"");
            }
        }
        this.checks = Map.copyOf(byIssuer);
        this.settings = settings;
    }

    /// Verifies `token`.
    ///
    /// @return complete already, unless the token names a key that is not known: then the issuer is asked for
    ///     newer keys, at most once in a while, and the result comes on a virtual thread, within the timeout
    ///     of such a question. Never fails: what goes wrong is a refusal
    public CompletionStage<Verification> verify(String token) {
        try {
            return decide(token);
        } catch (RefusedException e) {
            return CompletableFuture.completedFuture(e.refusal());
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(fault(e));
        }
    }

    private CompletionStage<Verification> decide(String text) throws RefusedException {
        // Characters bound bytes from below, and what is longer than one byte per character is refused as malformed.
        if (text.length() > settings.maxBytes()) {
            throw new RefusedException(ErrorCode.TOKEN_TOO_LONG, "it has more than " + settings.maxBytes() + " bytes");
        }
        UnverifiedToken token = UnverifiedToken.read(text);
        IssuerCheck check = checks.get(token.issuer());
        if (check == null) {
            throw new RefusedException(ErrorCode.TOKEN_ISSUER_UNKNOWN, "nobody here trusts \"" + token.issuer() + "\"");
        }
        SigningAlgorithm algorithm = check.algorithm(token);
        Optional<SignedClaims> known = check.find(token, algorithm);
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(new Verification.Verified(check.verified(token, known.get())));
        }
        return check.issuer().keys().newer().thenApply(answered -> decideAgain(check, token, algorithm, answered));
    }

    private static Verification decideAgain(
            IssuerCheck check, UnverifiedToken token, SigningAlgorithm algorithm, boolean answered) {
        try {
            Optional<SignedClaims> known = check.find(token, algorithm);
            if (known.isPresent()) {
                return new Verification.Verified(check.verified(token, known.get()));
            }
            // While the issuer does not answer the key may well be a new one: come again.
            return answered
                    ? new Verification.Refused(ErrorCode.TOKEN_KEY_UNKNOWN, unknownKey(token))
                    : new Verification.Refused(
                            ErrorCode.KEYS_UNAVAILABLE, "the keys of " + token.issuer() + " cannot be read now");
        } catch (RefusedException e) {
            return e.refusal();
        } catch (RuntimeException e) {
            return fault(e);
        }
    }

    private static String unknownKey(UnverifiedToken token) {
        return token.keyId() == null
                ? "it has no kid, and the issuer has several keys"
                : "the issuer has no key \"" + token.keyId() + "\" for " + token.algorithm();
    }

    /// A check that fails is a refusal.
    private static Verification fault(RuntimeException e) {
        LOG.error("a token could not be checked", e);
        return new Verification.Refused(ErrorCode.INTERNAL, "the token could not be checked");
    }

    /// The issuers of which no key could be read yet, in alphabetical order; for readiness.
    public List<String> issuersWithoutKeys() {
        return checks.values().stream()
                .map(IssuerCheck::issuer)
                .filter(issuer -> issuer.keys().current().isEmpty())
                .map(TrustedIssuer::issuer)
                .sorted()
                .toList();
    }

    /// Those whose tokens are taken.
    public List<TrustedIssuer> issuers() {
        return checks.values().stream().map(IssuerCheck::issuer).toList();
    }

    /// Stops reading keys.
    @Override
    public void close() {
        checks.values().forEach(check -> check.issuer().keys().close());
    }
}

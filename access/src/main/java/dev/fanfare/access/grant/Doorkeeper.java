package dev.fanfare.access.grant;

import dev.fanfare.access.capability.AnonymousAccess;
import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.limit.Excess;
import dev.fanfare.access.limit.Limits;
import dev.fanfare.access.limit.Spender;
import dev.fanfare.access.revocation.Revocations;
import dev.fanfare.access.token.Token;
import dev.fanfare.access.token.TokenVerifier;
import dev.fanfare.access.token.Verification;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides who somebody is. Any thread; never blocks.
@Singleton
public final class Doorkeeper {

    private final TokenVerifier verifier;
    private final AnonymousAccess anonymous;
    private final Revocations revocations;
    private final Limits limits;

    public Doorkeeper(TokenVerifier verifier, AnonymousAccess anonymous, Revocations revocations, Limits limits) {
        this.verifier = verifier;
        this.anonymous = anonymous;
        this.revocations = revocations;
        this.limits = limits;
    }

    /// What those may do who have sent no token, or not yet.
    public Grant strangers() {
        return Grant.ofStrangers(anonymous.capabilities());
    }

    /// What the bearer of `token` may do, who comes from `address`. Completes at once, unless its key may have been
    /// published just now; never fails.
    public CompletionStage<Verdict> admit(String token, String address) {
        Optional<Excess> excess = limits.failures(address);
        return excess.isPresent()
                ? CompletableFuture.completedFuture(
                        new Verdict.Refused(excess.get().code(), excess.get().detail()))
                : admit(token).thenApply(verdict -> counted(verdict, address));
    }

    /// What `check` says of whoever comes from `address` with a credential that is no token, unless too many that were
    /// no good have come from there.
    public Verdict admit(Supplier<Verdict> check, String address) {
        return limits.failures(address)
                .<Verdict>map(excess -> new Verdict.Refused(excess.code(), excess.detail()))
                .orElseGet(() -> counted(check.get(), address));
    }

    private Verdict counted(Verdict verdict, String address) {
        if (verdict instanceof Verdict.Refused(ErrorCode code, String _)) {
            limits.refused(address, code);
        }
        return verdict;
    }

    private CompletionStage<Verdict> admit(String token) {
        return verifier.verify(token).thenApply(verification -> switch (verification) {
            case Verification.Verified(Token verified) ->
                revocations
                        .check(verified)
                        .<Verdict>map(refused -> new Verdict.Refused(refused.code(), refused.detail()))
                        .orElseGet(() -> new Verdict.Granted(Grant.of(verified)));
            case Verification.Refused(ErrorCode code, String detail) -> new Verdict.Refused(code, detail);
        });
    }

    /// Why `operation` on `channel` is not allowed by `grant` now; empty when it is.
    public Optional<Verdict.Refused> refusal(Grant grant, Operation operation, Channel channel) {
        if (!grant.allows(operation, channel)) {
            return Optional.of(new Verdict.Refused(grant.refusal(), grant.refusalOf(operation)));
        }
        Token token = grant.token();
        return token == null
                ? Optional.empty()
                : revocations
                        .check(token, channel)
                        .map(refused -> new Verdict.Refused(refused.code(), refused.detail()));
    }

    /// Lets whoever has `grant` and comes from `address` publish so many messages now, at least 1, unless they have
    /// published too much lately.
    public Optional<Excess> publish(Grant grant, String address, int messages) {
        return limits.publish(spender(grant, address), messages);
    }

    /// Lets whoever has `grant` order a token now, unless too many were issued for their API key lately. Who has none
    /// is not counted, and gets no token either.
    public Optional<Excess> issue(Grant grant) {
        return grant.apiKey() == null ? Optional.empty() : limits.issue(grant.apiKey());
    }

    private static Spender spender(Grant grant, String address) {
        Token token = grant.token();
        if (token != null) {
            return new Spender.Known(token.issuer() + "\n" + token.subject(), keyOf(token));
        }
        String apiKey = grant.apiKey();
        return apiKey == null ? new Spender.Stranger(address) : new Spender.Backend("\n" + apiKey);
    }

    /// The API key that it was issued for counts for more than the key that signs for all of them.
    private static @Nullable String keyOf(Token token) {
        if (token.apiKey() != null) {
            return "\n" + token.apiKey();
        }
        return token.keyId() == null ? null : token.issuer() + "\n" + token.keyId();
    }

    /// What the bearer of `token` may do, who has come as `before` to the same connection and must be the same.
    public CompletionStage<Verdict> readmit(Grant before, String token, String address) {
        return admit(token, address)
                .thenApply(verdict -> verdict instanceof Verdict.Granted(Grant after)
                                && isAnother(before.token(), after.token())
                        ? new Verdict.Refused(ErrorCode.TOKEN_SUBJECT_CHANGED, ErrorCode.TOKEN_SUBJECT_CHANGED.text())
                        : verdict);
    }

    private static boolean isAnother(@Nullable Token before, @Nullable Token after) {
        return before != null
                && after != null
                && !(before.subject().equals(after.subject()) && before.issuer().equals(after.issuer()));
    }
}

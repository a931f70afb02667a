package dev.fanfare.gateway.access;

import dev.fanfare.access.capability.Operation;
import dev.fanfare.access.grant.Doorkeeper;
import dev.fanfare.access.grant.Grant;
import dev.fanfare.access.grant.Verdict;
import dev.fanfare.access.limit.Excess;
import dev.fanfare.access.revocation.Revocations;
import dev.fanfare.access.token.Token;
import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Decides who clients are, and when they have to show it again. Any thread; never blocks.
@Singleton
public class Admittance {

    private final Doorkeeper doorkeeper;
    private final Revocations revocations;
    private final AccessMetrics metrics;
    private final InstantSource clock;
    private final Duration warning;

    Admittance(
            Doorkeeper doorkeeper,
            Revocations revocations,
            AccessMetrics metrics,
            InstantSource clock,
            ClientAccessConfig config) {
        this.revocations = revocations;
        this.doorkeeper = doorkeeper;
        this.metrics = metrics;
        this.clock = clock;
        this.warning = ClientAccessConfig.checked(config).expiryWarning();
    }

    /// As [Doorkeeper#strangers].
    public Grant strangers() {
        return doorkeeper.strangers();
    }

    /// As [Doorkeeper#admit].
    public CompletionStage<Verdict> admit(String token, String address) {
        return doorkeeper.admit(token, address).thenApply(metrics::counted);
    }

    /// As [Doorkeeper#readmit].
    public CompletionStage<Verdict> readmit(Grant before, String token, String address) {
        return doorkeeper.readmit(before, token, address).thenApply(metrics::counted);
    }

    /// As [Doorkeeper#publish].
    public Optional<Excess> publish(Grant grant, String address, int messages) {
        return doorkeeper.publish(grant, address, messages);
    }

    /// As [Doorkeeper#refusal].
    public Optional<Verdict.Refused> refusal(Grant grant, Operation operation, Channel channel) {
        return doorkeeper.refusal(grant, operation, channel);
    }

    /// Calls `listener` with every revocation when it takes effect; it must not block.
    public void onRevocation(Consumer<Revocation> listener) {
        revocations.onEffective(listener);
    }

    /// Whether `token` as a whole was revoked, as far as is known.
    public boolean isRevoked(Token token) {
        return revocations
                .check(token)
                .filter(refused -> refused.code() == ErrorCode.TOKEN_REVOKED)
                .isPresent();
    }

    /// Whether `revocation` is about `token`, be it as a whole or on some channels.
    public boolean means(Revocation revocation, Token token) {
        return revocations.means(revocation, token);
    }

    /// Time from now to `instant`, negative when that is over.
    public Duration until(Instant instant) {
        return Duration.between(clock.instant(), instant);
    }

    /// How long before the end of its token a client is told.
    public Duration warning() {
        return warning;
    }
}

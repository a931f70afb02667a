package dev.fanfare.access.revocation;

import dev.fanfare.access.token.Token;
import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.broker.RevocationTarget.Kind;
import dev.fanfare.contract.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The revocations that are known at one moment, by what they are about. Immutable.
final class RevocationSet {

    static final RevocationSet EMPTY = new RevocationSet(List.of(), Duration.ZERO);

    private final Map<RevocationTarget, List<Revocation>> byTarget = new HashMap<>();
    private final List<Revocation> byChannel = new ArrayList<>();
    private final Duration clockSkew;

    RevocationSet(Collection<Revocation> revocations, Duration clockSkew) {
        this.clockSkew = clockSkew;
        for (Revocation each : revocations) {
            List<Revocation> alike = each.target().kind() == Kind.CHANNEL
                    ? byChannel
                    : byTarget.computeIfAbsent(each.target(), _ -> new ArrayList<>(1));
            alike.add(each);
        }
    }

    /// Whether `token` as a whole is revoked at `now`.
    boolean holds(Token token, Instant now) {
        return holds(Kind.TOKEN, token.id(), token, now)
                || holds(Kind.SUBJECT, token.subject(), token, now)
                || (token.keyId() != null && holds(Kind.KEY, token.keyId(), token, now))
                || (token.apiKey() != null && holds(Kind.KEY, token.apiKey(), token, now));
    }

    /// Whether what `token` allows on `channel` is revoked at `now`.
    boolean holds(Token token, Channel channel, Instant now) {
        return byChannel.stream()
                .anyMatch(each -> isEffective(each, now)
                        && isOlder(token, each, clockSkew)
                        && each.target().holds(channel));
    }

    private boolean holds(Kind kind, String value, Token token, Instant now) {
        if (byTarget.isEmpty()) {
            return false;
        }
        return byTarget.getOrDefault(new RevocationTarget(kind, value), List.of()).stream()
                .anyMatch(each -> isEffective(each, now) && means(each, token, clockSkew));
    }

    private static boolean isEffective(Revocation revocation, Instant now) {
        return !revocation.effectiveAt().isAfter(now);
    }

    /// Whether `revocation` is about `token`, be it as a whole or on some channels.
    static boolean means(Revocation revocation, Token token, Duration clockSkew) {
        String value = revocation.target().value();
        return switch (revocation.target().kind()) {
            case TOKEN -> value.equals(token.id());
            case SUBJECT -> value.equals(token.subject()) && isOlder(token, revocation, clockSkew);
            case KEY ->
                (value.equals(token.keyId()) || value.equals(token.apiKey())) && isOlder(token, revocation, clockSkew);
            case CHANNEL -> isOlder(token, revocation, clockSkew);
        };
    }

    /// An issuer whose clock is ahead must not get its tokens past a revocation: those that were issued within
    /// the skew after it are meant as well.
    private static boolean isOlder(Token token, Revocation revocation, Duration clockSkew) {
        return !token.issuedAt().isAfter(revocation.madeAt().plus(clockSkew));
    }
}

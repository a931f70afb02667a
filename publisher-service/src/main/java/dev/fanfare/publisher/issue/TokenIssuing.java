package dev.fanfare.publisher.issue;

import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.IllegalCapabilityException;
import dev.fanfare.access.grant.Grant;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.JsonWriting;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.lang.JoseException;

/// Issues tokens to those who hold API keys. Blocks, while Redis is asked for the key: call it on a virtual thread.
public final class TokenIssuing {

    private static final int ID_BYTES = 16;

    private final ApiKeyStore store;
    private final SigningKeys signing;
    private final IssueSettings settings;
    private final IssueMetrics metrics;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TokenIssuing(ApiKeyStore store, SigningKeys signing, IssueSettings settings, IssueMetrics metrics, Clock clock) {
        this.store = store;
        this.signing = signing;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Issues what is ordered, if it is within what the key of `grant` allows.
    public Issuing issue(Grant grant, TokenOrder order) {
        Issuing issuing = decide(grant, order);
        switch (issuing) {
            case Issuing.Issued _ -> metrics.issued();
            case Issuing.Refused(ErrorCode code, String _) -> metrics.refused(code);
        }
        return issuing;
    }

    /// The JSON Web Key Set (RFC 7517) by which tokens of all instances can be checked, as it is now. Does not block.
    public String keySet() {
        return signing.keySet();
    }

    private Issuing decide(Grant grant, TokenOrder order) {
        String id = grant.apiKey();
        if (id == null) {
            return new Issuing.Refused(grant.refusal(), "tokens are issued to those who hold API keys");
        }
        Duration lifetime = order.lifetime() == null ? settings.defaultLifetime() : order.lifetime();
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(settings.maxLifetime()) > 0) {
            return new Issuing.Refused(
                    ErrorCode.BODY_INVALID,
                    "lifetimeMs is 1000 to " + settings.maxLifetime().toMillis());
        }
        // Before the key is read: what is issued while it is being disabled then counts as older than that, and is
        // revoked with all else.
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Optional<ApiKey> key = BrokerAnswer.await(store.find(id));
        if (key.isEmpty()) {
            return new Issuing.Refused(
                    ErrorCode.API_KEY_INVALID, "tokens are issued to keys that are kept in Redis, and it is none");
        }
        if (!key.get().isEnabled()) {
            return new Issuing.Refused(ErrorCode.API_KEY_DISABLED, "it was disabled");
        }
        if (!capabilities(key.get()).covers(order.capability())) {
            return new Issuing.Refused(
                    ErrorCode.CAPABILITY_EXCEEDED,
                    "the API key allows " + key.get().capability());
        }
        return signing.active()
                .map(signer -> signed(signer, id, order, now, lifetime))
                .orElseGet(() -> new Issuing.Refused(
                        ErrorCode.SIGNING_KEY_MISSING,
                        settings.folder() == null
                                ? "no folder with signing keys is configured"
                                : "no signing key is public in Redis yet"));
    }

    private static Capabilities capabilities(ApiKey key) {
        try {
            return Capabilities.parse(key.capability().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalCapabilityException _) {
            return Capabilities.NONE;
        }
    }

    private Issuing signed(SigningKey signer, String apiKey, TokenOrder order, Instant now, Duration lifetime) {
        byte[] tokenId = new byte[ID_BYTES];
        random.nextBytes(tokenId);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(tokenId);
        Instant expiry = now.plusSeconds(lifetime.toSeconds());
        String token;
        try {
            token = signer.sign(claims(order, id, apiKey, now, expiry));
        } catch (JoseException e) {
            throw new IllegalStateException("a key that has signed before does not sign", e);
        }
        return token.length() > settings.maxTokenBytes()
                ? new Issuing.Refused(
                        ErrorCode.BODY_INVALID,
                        "the token would have more than fanfare.access.max-token-bytes, " + settings.maxTokenBytes())
                : new Issuing.Issued(order, token, id, now, expiry);
    }

    private String claims(TokenOrder order, String id, String apiKey, Instant now, Instant expiry) {
        var json = new StringBuilder(256).append("{\"iat\":").append(now.getEpochSecond());
        json.append(",\"exp\":").append(expiry.getEpochSecond());
        JsonWriting.appendMember(json, "iss", settings.issuer());
        JsonWriting.appendMember(json, "aud", settings.audience());
        JsonWriting.appendMember(json, "sub", order.subject());
        JsonWriting.appendMember(json, "jti", id);
        JsonWriting.appendMember(json, "apiKey", apiKey);
        if (order.clientId() != null) {
            JsonWriting.appendMember(json, "clientId", order.clientId());
        }
        return json.append(",\"capability\":")
                .append(order.capability().toJson())
                .append('}')
                .toString();
    }
}

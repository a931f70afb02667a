package dev.fanfare.access.wiring;

import dev.fanfare.access.apikey.ApiKeySettings;
import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.IllegalCapabilityException;
import dev.fanfare.access.key.RefreshLimits;
import dev.fanfare.access.revocation.RevocationSettings;
import dev.fanfare.access.token.TokenSettings;
import dev.fanfare.access.token.TokenVerifier;
import dev.fanfare.access.token.TrustedIssuer;
import dev.fanfare.contract.broker.PublicKeyBoard;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The configuration in the terms of the other packages.
final class AccessSettings {

    private static final int MIN_TOKEN_BYTES = 256;
    private static final int MAX_TOKEN_BYTES = 1 << 16;

    private AccessSettings() {}

    /// @throws IllegalAccessConfigException if something in it is unsafe or out of range
    static TokenVerifier verifier(
            AccessConfig config, Supplier<PublicKeyBoard> board, Clock clock, RandomGenerator random) {
        TokenSettings settings = tokens(config);
        KeySources sources = new KeySources(refresh(config.keys()), refreshOfOwn(config.keys()), board, random);
        checkDistinct(config.issuers());
        List<TrustedIssuer> issuers = new ArrayList<>();
        try {
            config.issuers().forEach((name, issuer) -> issuers.add(new IssuerReading(name, issuer).read(sources)));
        } catch (IllegalAccessConfigException e) {
            issuers.forEach(issuer -> issuer.keys().close());
            throw e;
        }
        return new TokenVerifier(issuers, settings, clock);
    }

    /// What is allowed without a token.
    ///
    /// @throws IllegalAccessConfigException if it is no capability
    static Capabilities anonymous(AccessConfig config) {
        String json = config.anonymous().orElse("");
        if (json.isBlank()) {
            return Capabilities.NONE;
        }
        try {
            return Capabilities.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalCapabilityException e) {
            throw new IllegalAccessConfigException(
                    "anonymous", e.getMessage() + ": write {\"iss.*\":[\"subscribe\"]}, or nothing to allow nothing");
        }
    }

    private static TokenSettings tokens(AccessConfig config) {
        int maxBytes = config.maxTokenBytes();
        if (maxBytes < MIN_TOKEN_BYTES || maxBytes > MAX_TOKEN_BYTES) {
            throw new IllegalAccessConfigException(
                    "max-token-bytes", "choose " + MIN_TOKEN_BYTES + " to " + MAX_TOKEN_BYTES + ", not " + maxBytes);
        }
        return new TokenSettings(
                inRange("clock-skew", config.clockSkew(), Duration.ZERO, Duration.ofMinutes(5)),
                inRange("max-lifetime", config.maxLifetime(), Duration.ofSeconds(1), Duration.ofDays(365)),
                maxBytes);
    }

    /// @throws IllegalAccessConfigException if something in it is out of range
    static RevocationSettings revocations(AccessConfig config) {
        AccessConfig.Revoked revoked = config.revocations();
        Duration second = Duration.ofSeconds(1);
        Duration hour = Duration.ofHours(1);
        return RevocationSettings.of(
                inRange("revocations.interval", revoked.interval(), Duration.ofMillis(50), Duration.ofSeconds(5)),
                inRange("revocations.full-interval", revoked.fullInterval(), second, hour),
                inRange("revocations.max-age", revoked.maxAge(), second, hour),
                tokens(config));
    }

    /// @throws IllegalAccessConfigException if something in it is out of range, or the secret cannot be used
    static ApiKeySettings apiKeys(AccessConfig config) {
        AccessConfig.ApiKeys keys = config.apiKeys();
        Duration second = Duration.ofSeconds(1);
        Duration hour = Duration.ofHours(1);
        byte[] secret = config.adminSecretFile()
                .filter(file -> !file.isBlank())
                .map(file -> SecretFile.read(
                        file, problem -> new IllegalAccessConfigException("admin-secret-file", problem)))
                .orElse(null);
        return ApiKeySettings.of(
                inRange("api-keys.interval", keys.interval(), Duration.ofMillis(50), Duration.ofSeconds(5)),
                inRange("api-keys.full-interval", keys.fullInterval(), second, hour),
                inRange("api-keys.max-age", keys.maxAge(), second, hour),
                secret);
    }

    private static RefreshLimits refreshOfOwn(AccessConfig.Keys keys) {
        Duration interval =
                inRange("keys.redis-interval", keys.redisInterval(), Duration.ofMillis(100), Duration.ofMinutes(1));
        return new RefreshLimits(interval, interval.dividedBy(10), keys.timeout());
    }

    private static RefreshLimits refresh(AccessConfig.Keys keys) {
        Duration least = Duration.ofMillis(100);
        return new RefreshLimits(
                inRange("keys.refresh-interval", keys.refreshInterval(), Duration.ofSeconds(1), Duration.ofDays(1)),
                inRange("keys.unknown-key-interval", keys.unknownKeyInterval(), least, Duration.ofHours(1)),
                inRange("keys.timeout", keys.timeout(), least, Duration.ofMinutes(1)));
    }

    private static Duration inRange(String key, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalAccessConfigException(key, "choose " + min + " to " + max + ", not " + value);
        }
        return value;
    }

    private static void checkDistinct(Map<String, AccessConfig.Issuer> issuers) {
        Map<String, String> nameByIssuer = new HashMap<>();
        issuers.forEach((name, issuer) -> {
            String other = nameByIssuer.put(issuer.issuer(), name);
            if (other != null) {
                throw new IllegalAccessConfigException(
                        "issuers.\"" + name + "\".issuer", "\"" + other + "\" has the same; name each issuer once");
            }
        });
    }
}

package dev.fanfare.publisher.issue;

import dev.fanfare.access.wiring.AccessConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How tokens are issued, as [TokensConfig] says it and checked.
///
/// | component         | unit and range                                                       |
/// |-------------------|----------------------------------------------------------------------|
/// | `folder`          | with the private keys, null when none are issued                      |
/// | `activeKey`       | id of the key to sign with, null for the last one                     |
/// | `issuer`          | `iss`                                                                |
/// | `audience`        | `aud`                                                                |
/// | `defaultLifetime` | from 1 s                                                             |
/// | `maxLifetime`     | from 1 s                                                             |
/// | `refreshInterval` | between two looks into the folder, from 100 ms                        |
/// | `publishAhead`    | from 0                                                               |
/// | `keyMemory`       | how long a public key stays in Redis unless it is renewed             |
/// | `maxTokenBytes`   | longest token that is taken                                          |
record IssueSettings(
        @Nullable Path folder,
        @Nullable String activeKey,
        String issuer,
        String audience,
        Duration defaultLifetime,
        Duration maxLifetime,
        Duration refreshInterval,
        Duration publishAhead,
        Duration keyMemory,
        int maxTokenBytes) {

    private static final int MAX_NAME_LENGTH = 255;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /// @throws IllegalTokensConfigException if something in it is out of its range
    static IssueSettings of(TokensConfig config, AccessConfig access) {
        Duration maxLifetime = inRange("max-lifetime", config.maxLifetime(), SECOND, access.maxLifetime());
        Duration defaultLifetime = inRange("default-lifetime", config.defaultLifetime(), SECOND, maxLifetime);
        return new IssueSettings(
                config.signingFolder()
                        .filter(text -> !text.isBlank())
                        .map(IssueSettings::path)
                        .orElse(null),
                config.activeKey().filter(text -> !text.isBlank()).orElse(null),
                named("issuer", config.issuer()),
                named("audience", config.audience()),
                defaultLifetime,
                maxLifetime,
                inRange("refresh-interval", config.refreshInterval(), Duration.ofMillis(100), Duration.ofMinutes(1)),
                inRange("publish-ahead", config.publishAhead(), Duration.ZERO, Duration.ofDays(1)),
                // A token that is signed now is taken until the skew after its end.
                maxLifetime
                        .plus(access.clockSkew())
                        .plus(config.refreshInterval().multipliedBy(2)),
                access.maxTokenBytes());
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            throw new IllegalTokensConfigException("signing-folder", "this is no path");
        }
    }

    private static String named(String key, String value) {
        if (value.isBlank() || value.length() > MAX_NAME_LENGTH) {
            throw new IllegalTokensConfigException(key, "give 1 to " + MAX_NAME_LENGTH + " characters");
        }
        return value;
    }

    private static Duration inRange(String key, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalTokensConfigException(key, "choose " + min + " to " + max + ", not " + value);
        }
        return value;
    }
}

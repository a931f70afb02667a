package dev.fanfare.gateway.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Whether and how this instance tells of its connections, so that they can be listed and closed.
@ConfigMapping(prefix = "fanfare.gateway.registry")
public interface RegistryConfig {

    /// Whether it does. Without it `GET /v1/connections` does not know this instance, and nobody can close its
    /// connections but by a revocation. With it Redis holds some 200 bytes for each connection,
    /// and the names of its channels.
    @WithDefault("true")
    boolean enabled();

    /// How long what it has told counts unless it is prolonged, 1 s to 5 min: after a crash its connections are listed
    /// for so long.
    @WithDefault("15s")
    Duration lease();

    /// Time between two questions for connections that are to be closed, 50 ms to 5 s, and at most a third of the
    /// lease, which each question prolongs. Costs Redis one small command.
    @WithDefault("0.5s")
    Duration interval();

    /// Returns `config` if every value is in its range.
    ///
    /// @throws IllegalArgumentException naming the first one that is not
    static RegistryConfig checked(RegistryConfig config) {
        check(isWithin(Duration.ofSeconds(1), config.lease(), Duration.ofMinutes(5)), "lease", "1 s to 5 min");
        Duration most = config.lease().dividedBy(3);
        Duration longest = most.compareTo(Duration.ofSeconds(5)) < 0 ? most : Duration.ofSeconds(5);
        check(
                isWithin(Duration.ofMillis(50), config.interval(), longest),
                "interval",
                "50 ms to 5 s, and at most a third of the lease");
        return config;
    }

    private static boolean isWithin(Duration least, Duration value, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void check(boolean holds, String key, String range) {
        if (!holds) {
            throw new IllegalArgumentException("fanfare.gateway.registry." + key + " must be " + range);
        }
    }
}

package dev.fanfare.gateway.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When clients are asked to move to another instance, because this one hears nothing from Redis.
@ConfigMapping(prefix = "fanfare.gateway.evacuation")
public interface EvacuationConfig {

    /// How often this instance tells the others how it is, and hears how many of them are well, from 100 ms
    /// to 1 min. Costs Redis one small command.
    @WithDefault("2s")
    Duration announceInterval();

    /// How long an instance that said it is well counts as well unless it says so again, from twice the
    /// announce interval. After a crash the others believe in it for that long.
    @WithDefault("8s")
    Duration announceTtl();

    /// How long the feed may be deaf before clients are asked to move, from the announce ttl. Less would
    /// count on others that went deaf by the same cause; more leaves clients waiting for live messages.
    @WithDefault("15s")
    Duration patience();

    /// Over which time the moves are spread, 0 s to 1 min: each client is given a time of its own between
    /// nothing and this. Less is a steeper load on the other instances.
    @WithDefault("10s")
    Duration spread();

    /// How long after its time a client that has not moved is closed, 0 s to 1 min.
    @WithDefault("5s")
    Duration grace();

    /// Returns `config` if every value is in its range.
    ///
    /// @throws IllegalArgumentException naming the first one that is not
    static EvacuationConfig checked(EvacuationConfig config) {
        Duration interval = config.announceInterval();
        check(isWithin(Duration.ofMillis(100), interval), "announce-interval", "100 ms to 1 min");
        Duration leastTtl = interval.multipliedBy(2);
        check(config.announceTtl().compareTo(leastTtl) >= 0, "announce-ttl", "at least twice the announce interval");
        check(config.patience().compareTo(config.announceTtl()) >= 0, "patience", "at least the announce ttl");
        check(isWithin(Duration.ZERO, config.spread()), "spread", "0 s to 1 min");
        check(isWithin(Duration.ZERO, config.grace()), "grace", "0 s to 1 min");
        return config;
    }

    private static boolean isWithin(Duration least, Duration value) {
        return value.compareTo(least) >= 0 && value.compareTo(Duration.ofMinutes(1)) <= 0;
    }

    private static void check(boolean holds, String key, String range) {
        if (!holds) {
            throw new IllegalArgumentException("fanfare.gateway.evacuation." + key + " must be " + range);
        }
    }
}

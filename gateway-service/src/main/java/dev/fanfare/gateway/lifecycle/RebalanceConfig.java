package dev.fanfare.gateway.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// When an instance with more connections than its share asks some of its clients to connect anew, so that
/// whoever balances the load sends them elsewhere.
@ConfigMapping(prefix = "fanfare.gateway.rebalance")
public interface RebalanceConfig {

    /// Whether it does so at all. Switch it off where whoever balances the load brings a client back to the
    /// instance where it was.
    @WithDefault("true")
    boolean enabled();

    /// By what part of the mean an instance has to be above it to begin, 0.02 to 10. What chance does to
    /// thousands of connections is less than 0.1.
    @WithDefault("0.1")
    double startAbove();

    /// By what part of the mean it is above it when it ends, from 0, less than `start-above`.
    @WithDefault("0.02")
    double stopAbove();

    /// How many connections it has to be above the mean to begin, from 1.
    @WithDefault("20")
    int minExcess();

    /// What part of its connections it asks per second, 0.001 to 0.2.
    @WithDefault("0.02")
    double pace();

    /// How long an instance has to be there before it counts, 0 s to 10 min: whoever balances the load has to
    /// know it first, or the clients come back.
    @WithDefault("15s")
    Duration warmUp();

    /// How long the history of each channel of a client has to last (`history-ttl` of its rule), from 1 s. A client
    /// with a channel that keeps less, or nothing, is left alone: it could not resume.
    @WithDefault("30s")
    Duration minHistory();

    /// `config` itself.
    ///
    /// @throws IllegalArgumentException when a value is out of range; it names the property
    static RebalanceConfig checked(RebalanceConfig config) {
        check(config.startAbove() >= 0.02 && config.startAbove() <= 10, "start-above", "0.02 to 10");
        boolean isBelow = config.stopAbove() >= 0 && config.stopAbove() < config.startAbove();
        check(isBelow, "stop-above", "from 0 and less than start-above");
        check(config.minExcess() >= 1, "min-excess", "at least 1");
        check(config.pace() >= 0.001 && config.pace() <= 0.2, "pace", "0.001 to 0.2");
        Duration warmUp = config.warmUp();
        check(!warmUp.isNegative() && warmUp.compareTo(Duration.ofMinutes(10)) <= 0, "warm-up", "0 s to 10 min");
        check(config.minHistory().compareTo(Duration.ofSeconds(1)) >= 0, "min-history", "at least 1 s");
        return config;
    }

    private static void check(boolean holds, String key, String range) {
        if (!holds) {
            throw new IllegalArgumentException("fanfare.gateway.rebalance." + key + " must be " + range);
        }
    }
}

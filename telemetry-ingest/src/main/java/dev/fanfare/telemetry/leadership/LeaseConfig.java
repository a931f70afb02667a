package dev.fanfare.telemetry.leadership;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How instances agree on who polls.
@ConfigMapping(prefix = "fanfare.telemetry.lease")
public interface LeaseConfig {

    /// How long a lease lasts unless it is renewed, 500 ms to 1 min. The leader renews at a third of it.
    /// Shorter means an earlier takeover after a crash, and a leader that gives up at a shorter
    /// disturbance of Redis. Takeover takes at most `ttl` + `retry`.
    @WithDefault("3s")
    Duration ttl();

    /// Pause between two attempts of a standby to take the lease, 50 ms up to `ttl`. It is what a
    /// hand-over takes at most; shorter costs Redis one small command per attempt, source and standby.
    @WithDefault("250ms")
    Duration retry();
}

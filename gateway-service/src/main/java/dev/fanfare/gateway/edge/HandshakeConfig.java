package dev.fanfare.gateway.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How many clients this instance lets in.
@ConfigMapping(prefix = "fanfare.gateway.handshake")
public interface HandshakeConfig {

    /// Most open connections, from 1. Each costs some 11 KB resident while it is idle.
    @WithDefault("20000")
    int maxConnections();

    /// Handshakes per second for long, from 1. One costs about as much as fifty deliveries.
    @WithDefault("1000")
    int maxPerSecond();

    /// Handshakes that may come at once, from 1, after a time with fewer.
    @WithDefault("2000")
    int burst();

    /// Part of the burst, 0 to 1, that only clients get that come back (`?resume=true`): they have something
    /// to lose.
    @WithDefault("0.5")
    double resumeReserve();

    /// When an event loop comes later than this to its timers, from 50 ms, nobody more is let in.
    @WithDefault("1s")
    Duration maxLoopLag();

    /// Longest `Retry-After` of a refusal, 1 s to 10 min. Clients that came with too many others are told the
    /// earliest second that is not full, the rest another time each up to this one, so that they do not come
    /// back together. The default is how long `max-connections` take at `max-per-second`.
    @WithDefault("20s")
    Duration maxRetryAfter();
}

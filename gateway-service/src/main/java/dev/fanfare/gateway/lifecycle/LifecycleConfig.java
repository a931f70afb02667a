package dev.fanfare.gateway.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How this instance leaves.
@ConfigMapping(prefix = "fanfare.gateway.lifecycle")
public interface LifecycleConfig {

    /// Time for clients to answer the closing handshake when the instance stops, 0 s to 1 min. Whoever has
    /// not answered by then is cut.
    @WithDefault("3s")
    Duration closeTimeout();
}

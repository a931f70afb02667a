package dev.fanfare.gateway.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What one connection may cost.
@ConfigMapping(prefix = "fanfare.gateway.connection")
public interface ConnectionConfig {

    /// Most bytes that may wait for a client that reads too slowly, from 64 KiB; over it the connection is
    /// closed with 4000. More lets clients stall for longer, and costs that much memory for each that does.
    @WithDefault("1M")
    MemorySize maxQueuedBytes();
}

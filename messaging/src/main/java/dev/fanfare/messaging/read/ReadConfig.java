package dev.fanfare.messaging.read;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The limits of one read.
@ConfigMapping(prefix = "fanfare.read")
public interface ReadConfig {

    /// Most bytes of stored messages that Redis is asked for at a time, and so of one page: 1K to 16M. A page ends
    /// before the message that would exceed it, but has at least one. A larger value keeps Redis busy for longer.
    @WithDefault("1M")
    MemorySize maxPageBytes();
}

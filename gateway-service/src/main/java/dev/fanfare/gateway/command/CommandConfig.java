package dev.fanfare.gateway.command;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What one connection may ask for.
@ConfigMapping(prefix = "fanfare.gateway.command")
public interface CommandConfig {

    /// Most channels that one connection may be subscribed to, from 1. Each costs about 200 bytes of
    /// heap here, and the first of a channel a subscription at Redis.
    @WithDefault("1000")
    int maxSubscriptions();

    /// Most messages that a subscribe may ask to rewind by, from 1. No more than
    /// `fanfare.gateway.recovery.max-backlog-messages` are ever sent.
    @WithDefault("1000")
    int maxRewind();
}

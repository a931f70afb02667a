package dev.fanfare.gateway.command;

import io.quarkus.runtime.configuration.MemorySize;
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

    /// Most publishes of one connection that are not answered yet, from 1. What comes on top is refused and not
    /// stored. More keep a fast client busy over a slow way to Redis, and let one client take more of
    /// `fanfare.admission.max-in-flight`.
    @WithDefault("16")
    int maxPublishesInFlight();

    /// Most history requests of one connection that are not answered yet, from 1. With `max-page-bytes` each, they
    /// have to stay well under `fanfare.gateway.connection.max-queued-bytes`.
    @WithDefault("2")
    int maxReadsInFlight();

    /// Most bytes of stored messages in one page of history, from 1 KiB to 16 MiB, unless
    /// `fanfare.read.max-page-bytes` is less. A page waits for a slow client as a whole, and one that is larger
    /// than what may wait gets the connection closed with the next message.
    @WithDefault("256K")
    MemorySize maxPageBytes();

    /// `config` itself.
    ///
    /// @throws IllegalArgumentException when a value is out of range; it names the property
    static CommandConfig checked(CommandConfig config) {
        check(config.maxPublishesInFlight() >= 1, "max-publishes-in-flight is from 1");
        check(config.maxReadsInFlight() >= 1, "max-reads-in-flight is from 1");
        long pageBytes = config.maxPageBytes().asLongValue();
        check(pageBytes >= 1 << 10 && pageBytes <= 16 << 20, "max-page-bytes is 1K to 16M");
        return config;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("fanfare.gateway.command." + otherwise);
        }
    }
}

package dev.fanfare.gateway.recovery;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How far the gateway goes to give subscribers what they missed.
@ConfigMapping(prefix = "fanfare.gateway.recovery")
public interface RecoveryConfig {

    /// Most messages of one channel that are read from Redis at once to close a gap, from 1. Over it
    /// subscribers are told of a discontinuity. More cost memory: the messages of one read are held
    /// until they are written.
    @WithDefault("1000")
    int maxRepairMessages();

    /// Most bytes of live messages that wait per channel while its history is read, from 64 KiB.
    @WithDefault("1M")
    MemorySize maxBufferedBytes();

    /// Time between two attempts to read a channel's history while Redis does not answer, from 10 ms.
    @WithDefault("500ms")
    Duration retryDelay();

    /// Most messages of the past that a subscription may start with, from 0. A client that is further
    /// behind is told `recovered: false`.
    @WithDefault("1000")
    int maxBacklogMessages();

    /// Most bytes of such messages, from 64 KiB; has to stay well under
    /// `fanfare.gateway.connection.max-queued-bytes`, or a client that comes back would be closed as slow.
    @WithDefault("512K")
    MemorySize maxBacklogBytes();

    /// How long the recent past of a channel is kept in memory after somebody asked for it, from 0 s. Who
    /// comes back meanwhile costs Redis nothing.
    @WithDefault("30s")
    Duration recentTtl();

    /// Time between two looks whether a quiet channel stands where Redis says it does, from 1 s. One
    /// read per channel, whatever the number of subscribers.
    @WithDefault("20s")
    Duration positionCheckInterval();
}

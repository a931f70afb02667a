package dev.fanfare.gateway.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What one connection may cost.
@ConfigMapping(prefix = "fanfare.gateway.connection")
public interface ConnectionConfig {

    /// Most bytes that may wait for a client that reads too slowly, from 64 KiB; over it the connection is
    /// closed with 4000. More lets clients stall for longer, and costs that much memory for each that does.
    @WithDefault("1M")
    MemorySize maxQueuedBytes();

    /// Bytes that may wait for a client before it gets only the newest message of each conflating channel,
    /// from 1 KiB, less than `max-queued-bytes`. More makes what a slow client sees older, less makes it
    /// skip more.
    @WithDefault("64K")
    MemorySize conflateQueuedBytes();

    /// Most bytes that may wait for all clients of this instance together, from 1 MiB; counted once a
    /// second. Over it those for whom most waits are closed with 4000. Each event loop has its share.
    @WithDefault("256M")
    MemorySize maxTotalQueuedBytes();

    /// Time between two pings of a connection, from 1 s. A client from which nothing came between two of
    /// them, not even the pong, is closed with 4001. Stay below the idle timeout of every proxy on the way.
    @WithDefault("25s")
    Duration pingInterval();

    /// Time in which a new client has to ask for something, from 1 s; else it is closed with 4500.
    @WithDefault("30s")
    Duration firstRequestTimeout();

    /// Time for a client to answer a close before its connection is cut, from 0 s.
    @WithDefault("5s")
    Duration closeTimeout();

    /// Frames that one client may send per second for long, from 1. Over it, and over what it has saved up,
    /// it is closed with 4002.
    @WithDefault("100")
    int maxFramesPerSecond();

    /// Frames that one client may have saved up, from 1: enough to subscribe to everything at once.
    @WithDefault("2000")
    int framesBurst();

    /// Bytes that one client may send per second for long, from 1 KiB; as with frames.
    @WithDefault("256K")
    MemorySize maxBytesPerSecond();

    /// Bytes that one client may have saved up, from the largest frame.
    @WithDefault("1M")
    MemorySize bytesBurst();

    /// When an event loop comes later than this to its timers, from 50 ms, subscribers of conflating channels
    /// get only the newest message, at most every 250 ms, until it has caught up.
    @WithDefault("2s")
    Duration thinAboveLag();
}

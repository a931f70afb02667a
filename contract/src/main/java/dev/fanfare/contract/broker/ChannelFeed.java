package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import java.util.concurrent.CompletableFuture;

/// The supervised intake of live messages from Redis.
///
/// It keeps its connections alive by itself: a lost one is opened again with back-off and everything
/// is subscribed anew. What is missed meanwhile is gone from the feed; the listener is told and reads
/// the missing part from history.
public interface ChannelFeed {

    /// Opens the connections in the background and delivers to `listener` from now on. Called once.
    void start(FeedListener listener);

    /// Makes sure of interest in `channel`. Idempotent.
    ///
    /// Completes when Redis has acknowledged: every message published after that reaches the listener,
    /// or the listener is told that the feed was lost. While Redis is away it stays open and completes
    /// after the reconnect. Completes exceptionally only when `unsubscribe` or `close` came first.
    CompletableFuture<Void> subscribe(Channel channel);

    /// Drops interest in `channel`. Messages that are on their way may still be delivered.
    void unsubscribe(Channel channel);

    /// Whether every connection is up and has proved within the probe interval that it delivers.
    boolean isLive();

    /// Closes the connections for good.
    void close();
}

package dev.fanfare.redis.feed;

import dev.fanfare.contract.channel.Channel;
import java.util.concurrent.CompletableFuture;

/// Which connection carries which channel. Called from any thread.
interface Routes {

    /// Opens the connections.
    void start();

    /// Completes `future` when Redis has acknowledged, or with a cancellation.
    void subscribe(Channel channel, CompletableFuture<Void> future);

    void unsubscribe(Channel channel);

    /// Whether all connections deliver.
    boolean isLive();

    /// Closes the connections and cancels whoever waits; completes when that is done.
    CompletableFuture<Void> close();
}

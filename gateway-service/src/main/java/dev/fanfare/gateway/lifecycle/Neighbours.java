package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.InstanceDirectory;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The other gateways that are well, and what they are told of this one.
///
/// Called by one thread at a time, but for [#others].
@Singleton
public class Neighbours {

    /// Under which gateways know each other.
    static final String SERVICE = "gateway";

    private final ChannelFeed feed;
    private final InstanceDirectory directory;
    private final EvacuationConfig config;
    private final EvacuationMetrics metrics;
    private final String self = SERVICE + "-" + UUID.randomUUID();
    private volatile int others;

    Neighbours(ChannelFeed feed, InstanceDirectory directory, EvacuationConfig config, EvacuationMetrics metrics) {
        this.feed = feed;
        this.directory = directory;
        this.config = config;
        this.metrics = metrics;
    }

    /// Other gateways that are well; 0 when Redis did not answer the last announcement. Any thread.
    int others() {
        return others;
    }

    /// Tells the others how this instance is; completes when Redis has answered, or has not in time.
    CompletableFuture<Void> announce() {
        return announce(feed.isLive());
    }

    /// Takes this instance off the list, so that nobody sends clients here any more.
    CompletableFuture<Void> leave() {
        return announce(false);
    }

    private CompletableFuture<Void> announce(boolean isWell) {
        return directory
                .announce(SERVICE, self, isWell, config.announceTtl())
                .exceptionally(_ -> 0)
                .thenAccept(this::heard);
    }

    private void heard(int count) {
        others = count;
        metrics.others(count);
    }
}

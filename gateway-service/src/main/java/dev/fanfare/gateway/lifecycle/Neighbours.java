package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.InstanceDirectory;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// The other gateways that are well, and what they are told of this one.
///
/// Called by one thread at a time, but for [#others] and [#areNone].
@Singleton
public class Neighbours {

    /// Under which gateways know each other.
    static final String SERVICE = "gateway";

    private static final int UNKNOWN = -1;

    private final ChannelFeed feed;
    private final InstanceDirectory directory;
    private final EvacuationConfig config;
    private final MoveMetrics metrics;
    private final String self = SERVICE + "-" + UUID.randomUUID();
    private volatile int others = UNKNOWN;
    private boolean hasLeft;

    Neighbours(ChannelFeed feed, InstanceDirectory directory, EvacuationConfig config, MoveMetrics metrics) {
        this.feed = feed;
        this.directory = directory;
        this.config = config;
        this.metrics = metrics;
    }

    /// Other gateways that are well; 0 when Redis did not answer the last announcement. Any thread.
    int others() {
        return Math.max(0, others);
    }

    /// Whether Redis has said that no other gateway is well; no while it does not answer. Any thread.
    boolean areNone() {
        return others == 0;
    }

    /// Tells the others how this instance is; completes when Redis has answered, or has not in time.
    CompletableFuture<Void> announce() {
        return announce(feed.isLive() && !hasLeft);
    }

    /// Takes this instance off the list for good, so that nobody sends clients here any more.
    CompletableFuture<Void> leave() {
        hasLeft = true;
        return announce();
    }

    private CompletableFuture<Void> announce(boolean isWell) {
        return directory
                .announce(SERVICE, self, isWell, config.announceTtl())
                .exceptionally(_ -> UNKNOWN)
                .thenAccept(this::heard);
    }

    private void heard(int count) {
        others = count;
        metrics.others(others());
    }
}

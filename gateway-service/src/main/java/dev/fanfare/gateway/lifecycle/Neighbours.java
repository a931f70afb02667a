package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.InstanceDirectory;
import dev.fanfare.contract.broker.InstanceLoad;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The other gateways that are well, and what they are told of this one.
///
/// Called by one thread at a time, but for [#others], [#loads] and [#areNone].
@Singleton
public class Neighbours {

    /// Under which gateways know each other.
    static final String SERVICE = "gateway";

    private final ChannelFeed feed;
    private final InstanceDirectory directory;
    private final EvacuationConfig config;
    private final MoveMetrics metrics;
    private final String self = SERVICE + "-" + UUID.randomUUID();
    private volatile @Nullable List<InstanceLoad> others;
    private boolean hasLeft;

    Neighbours(ChannelFeed feed, InstanceDirectory directory, EvacuationConfig config, MoveMetrics metrics) {
        this.feed = feed;
        this.directory = directory;
        this.config = config;
        this.metrics = metrics;
    }

    /// Other gateways that are well; 0 when Redis did not answer the last announcement. Any thread.
    int others() {
        return loads().size();
    }

    /// What each of them has to do. Any thread.
    List<InstanceLoad> loads() {
        List<InstanceLoad> known = others;
        return known == null ? List.of() : known;
    }

    /// Whether Redis has said that no other gateway is well; no while it does not answer. Any thread.
    boolean areNone() {
        List<InstanceLoad> known = others;
        return known != null && known.isEmpty();
    }

    /// Tells the others how this instance is and what it has to do; completes when Redis has answered, or has not in
    /// time.
    CompletableFuture<Void> announce(InstanceLoad load) {
        boolean isWell = feed.isLive() && !hasLeft;
        return directory
                .announce(SERVICE, self, isWell, load, config.announceTtl())
                .handle((loads, failure) -> {
                    heard(failure == null ? loads : null);
                    return null;
                });
    }

    /// Takes this instance off the list for good, so that nobody sends clients here any more.
    CompletableFuture<Void> leave() {
        hasLeft = true;
        return announce(InstanceLoad.NONE);
    }

    private void heard(@Nullable List<InstanceLoad> loads) {
        others = loads;
        metrics.others(others());
    }
}

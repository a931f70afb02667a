package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.InstanceDirectory;
import dev.fanfare.contract.broker.InstanceLoad;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The other gateways that are well, and what they are told of this one.
///
/// Called by one thread at a time, but for [#others], [#loads], [#areNone] and [#isListed].
@Singleton
public class Neighbours {

    /// Under which gateways know each other.
    static final String SERVICE = "gateway";

    private final ChannelFeed feed;
    private final InstanceDirectory directory;
    private final EvacuationConfig config;
    private final MoveMetrics metrics;
    private final InstantSource clock;
    /// Two announcements: a Redis that forgot all has heard of everybody who is well by then.
    private final Duration aloneAfter;
    private final String self = SERVICE + "-" + UUID.randomUUID();
    private volatile @Nullable List<InstanceLoad> others;
    private volatile @Nullable Instant noneSince;
    private volatile boolean isListed;
    private boolean hasLeft;
    private boolean saidWell;

    Neighbours(
            ChannelFeed feed,
            InstanceDirectory directory,
            EvacuationConfig config,
            MoveMetrics metrics,
            InstantSource clock) {
        this.feed = feed;
        this.directory = directory;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.aloneAfter = config.announceInterval().multipliedBy(2);
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

    /// Whether Redis has been saying for two announcements that no other gateway is well; no while it does not
    /// answer. Any thread.
    boolean areNone() {
        Instant since = noneSince;
        return since != null && !clock.instant().isBefore(since.plus(aloneAfter));
    }

    /// Whether Redis has this instance among those that are well, so that another one that ends sends its clients here.
    /// Any thread.
    boolean isListed() {
        return isListed;
    }

    /// Whether this instance is well and the others were told that it is not, or the other way round.
    boolean hasNews() {
        return isWell() != saidWell;
    }

    private boolean isWell() {
        return feed.isLive() && !hasLeft;
    }

    /// Tells the others how this instance is and what it has to do; completes when Redis has answered, or has not in
    /// time.
    CompletableFuture<Void> announce(InstanceLoad load) {
        boolean isWell = isWell();
        saidWell = isWell;
        return directory
                .announce(SERVICE, self, isWell, load, config.announceTtl())
                .handle((loads, failure) -> {
                    if (failure == null) {
                        isListed = isWell;
                    }
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
        if (loads == null || !loads.isEmpty()) {
            noneSince = null;
        } else if (noneSince == null) {
            noneSince = clock.instant();
        }
        metrics.others(others());
    }
}

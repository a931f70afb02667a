package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.gateway.connection.Connections;
import dev.fanfare.gateway.recovery.Channels;
import dev.fanfare.gateway.recovery.RecoveryConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Opens the feed at the start, and says goodbye to every client at the end.
@Singleton
public class GatewayLifecycle {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(250);
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(1);

    private final ChannelFeed feed;
    private final Channels channels;
    private final Connections connections;
    private final Departures departures;
    private final PodDeletionCost podDeletionCost;
    private final RecoveryConfig recoveryConfig;
    private final Vertx vertx;

    GatewayLifecycle(
            ChannelFeed feed,
            Channels channels,
            Connections connections,
            Departures departures,
            PodDeletionCost podDeletionCost,
            RecoveryConfig recoveryConfig,
            Vertx vertx) {
        this.feed = feed;
        this.channels = channels;
        this.connections = connections;
        this.departures = departures;
        this.podDeletionCost = podDeletionCost;
        this.recoveryConfig = recoveryConfig;
        this.vertx = vertx;
    }

    void onStart(@Observes StartupEvent event) {
        feed.start(channels);
        var watch = new FeedWatch(feed, channels, connections);
        vertx.setPeriodic(WATCH_INTERVAL.toMillis(), timer -> watch.look());
        startPositionChecks();
        departures.start();
        podDeletionCost.start();
    }

    /// Each second a part of the channels, so that all have had their turn after the interval.
    private void startPositionChecks() {
        int parts = (int) Math.max(1, recoveryConfig.positionCheckInterval().toSeconds());
        var turn = new AtomicInteger();
        vertx.setPeriodic(
                CHECK_PERIOD.toMillis(),
                timer -> channels.checkPositions(Math.floorMod(turn.getAndIncrement(), parts), parts));
    }

    /// Sends everybody away, before the HTTP server closes under them. Runs on the main thread, which may wait;
    /// what is left of `terminationGracePeriodSeconds` after it has to do for the rest.
    void onStopAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        Future<Void> drained = departures.drain();
        long giveUpAt = System.nanoTime()
                + departures.longestDrain().plus(WATCH_INTERVAL.multipliedBy(2)).toNanos();
        while (!drained.isDone() && System.nanoTime() < giveUpAt) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        podDeletionCost.stop();
        feed.close();
    }
}

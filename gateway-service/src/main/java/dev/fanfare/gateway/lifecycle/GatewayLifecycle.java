package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.gateway.connection.Connections;
import dev.fanfare.gateway.connection.Draining;
import dev.fanfare.gateway.recovery.Channels;
import dev.fanfare.gateway.recovery.RecoveryConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/// Opens the feed at the start, and says goodbye to every client at the end.
@Singleton
public class GatewayLifecycle {

    private static final Logger LOG = Logger.getLogger(GatewayLifecycle.class);

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(250);
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(1);

    private final ChannelFeed feed;
    private final Channels channels;
    private final Connections connections;
    private final Draining draining;
    private final Evacuation evacuation;
    private final LifecycleConfig config;
    private final RecoveryConfig recoveryConfig;
    private final Vertx vertx;

    GatewayLifecycle(
            ChannelFeed feed,
            Channels channels,
            Connections connections,
            Draining draining,
            Evacuation evacuation,
            LifecycleConfig config,
            RecoveryConfig recoveryConfig,
            Vertx vertx) {
        this.feed = feed;
        this.channels = channels;
        this.connections = connections;
        this.draining = draining;
        this.evacuation = evacuation;
        this.config = config;
        this.recoveryConfig = recoveryConfig;
        this.vertx = vertx;
    }

    void onStart(@Observes StartupEvent event) {
        feed.start(channels);
        var watch = new FeedWatch(feed, channels, connections);
        vertx.setPeriodic(WATCH_INTERVAL.toMillis(), timer -> watch.look());
        startPositionChecks();
        evacuation.start();
    }

    /// Each second a part of the channels, so that all have had their turn after the interval.
    private void startPositionChecks() {
        int parts = (int) Math.max(1, recoveryConfig.positionCheckInterval().toSeconds());
        var turn = new AtomicInteger();
        vertx.setPeriodic(
                CHECK_PERIOD.toMillis(),
                timer -> channels.checkPositions(Math.floorMod(turn.getAndIncrement(), parts), parts));
    }

    /// Not ready from now on, so that no new client is sent here; and goodbye to those who are here,
    /// before the HTTP server closes under them.
    void onStopAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        draining.begin();
        CompletableFuture<Void> isOffTheList = evacuation.stop();
        LOG.infof("closing connections=%d", connections.count());
        connections.closeAll(CloseCode.RESTART);
        awaitGone(isOffTheList);
    }

    void onStop(@Observes ShutdownEvent event) {
        feed.close();
    }

    /// Gives the closing handshakes and the word to the other instances a bounded time; runs on the main
    /// thread, which may wait.
    private void awaitGone(CompletableFuture<Void> isOffTheList) {
        long giveUpAt = System.nanoTime() + config.closeTimeout().toNanos();
        while ((connections.count() > 0 || !isOffTheList.isDone()) && System.nanoTime() < giveUpAt) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}

package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.gateway.connection.Connections;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/// Sends the clients of an instance that hears nothing from Redis to those that do.
///
/// A deaf feed with a Redis that answers is a fault of this instance's own when others are well, and
/// waiting does not help its clients. When all are deaf, or Redis is away, moving would not help either.
/// Everything here runs on one event loop, so that what the others are told keeps its order.
@Singleton
public class Evacuation {

    private static final Logger LOG = Logger.getLogger(Evacuation.class);

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    private final ChannelFeed feed;
    private final Neighbours neighbours;
    private final Connections connections;
    private final EvacuationConfig config;
    private final EvacuationMetrics metrics;
    private final Vertx vertx;
    private final Context loop;
    private final MovePlan plan;
    private final List<Long> timers = new ArrayList<>();
    private boolean hasBegun;

    Evacuation(
            ChannelFeed feed,
            Neighbours neighbours,
            Connections connections,
            EvacuationConfig config,
            EvacuationMetrics metrics,
            InstantSource clock,
            Vertx vertx) {
        this.feed = feed;
        this.neighbours = neighbours;
        this.connections = connections;
        this.config = EvacuationConfig.checked(config);
        this.metrics = metrics;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.plan = new MovePlan(config, clock, new SplittableRandom());
    }

    /// Begins to watch, and to tell the others how this instance is. Any thread.
    void start() {
        loop.runOnContext(_ -> {
            announce();
            timers.add(vertx.setPeriodic(config.announceInterval().toMillis(), timer -> announce()));
            timers.add(vertx.setPeriodic(LOOK_INTERVAL.toMillis(), timer -> look()));
        });
    }

    /// Ends it, and takes this instance off the others' list; completes when that is done or has failed.
    /// Any thread.
    CompletableFuture<Void> stop() {
        var gone = new CompletableFuture<Void>();
        loop.runOnContext(_ -> {
            timers.forEach(vertx::cancelTimer);
            var _ = neighbours.leave().whenComplete((done, failure) -> gone.complete(null));
        });
        return gone;
    }

    private void announce() {
        var _ = neighbours.announce();
    }

    private void look() {
        boolean isLive = feed.isLive();
        MovePlan.Step step = plan.look(isLive, neighbours.others(), connections.ids());
        log(isLive, step);
        step.asked().forEach(this::ask);
        step.closed().forEach(this::close);
    }

    private void ask(String connection, Duration after) {
        if (connections.tell(connection, new ServerFrame.Reconnect(after))) {
            metrics.asked();
        }
    }

    private void close(String connection) {
        if (connections.close(connection, CloseCode.RESTART)) {
            metrics.closed();
        }
    }

    private void log(boolean isLive, MovePlan.Step step) {
        if (!hasBegun && !step.asked().isEmpty()) {
            hasBegun = true;
            LOG.warnf(
                    "deaf, asking clients to move connections=%d others=%d",
                    step.asked().size(), neighbours.others());
        } else if (hasBegun && isLive) {
            hasBegun = false;
            LOG.infof("live, clients may stay connections=%d", connections.count());
        }
    }
}

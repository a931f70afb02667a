package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.gateway.connection.Connections;
import dev.fanfare.gateway.connection.Draining;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends clients to other instances: all of them when this one is to end ([DrainPlan]) or hears nothing from
/// Redis while others do ([EvacuationPlan]), some when it has more than its share ([RebalancePlan]).
///
/// A deaf feed with a Redis that answers is a fault of this instance's own when others are well, and
/// waiting does not help its clients. When all are deaf, or Redis is away, moving would not help either.
/// Everything here runs on one event loop, so that what the others are told keeps its order.
@Singleton
public class Departures {

    private static final Logger LOG = Logger.getLogger(Departures.class);

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    /// An instance is not ready before the others were told that it is well, so this is part of every start.
    private static final Duration NEWS_INTERVAL = Duration.ofMillis(20);

    private final ChannelFeed feed;
    private final Neighbours neighbours;
    private final Connections connections;
    private final Draining draining;
    private final EvacuationConfig config;
    private final DrainTimes times;
    private final MoveMetrics metrics;
    private final OwnLoad load;
    private final InstantSource clock;
    private final Vertx vertx;
    private final Context loop;
    private final EvacuationPlan evacuation;
    private final RebalancePlan rebalance;
    private final Duration minHistory;
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private volatile @Nullable DrainPlan drain;
    private boolean isDraining;
    private boolean isEvacuating;

    Departures(
            ChannelFeed feed,
            Neighbours neighbours,
            Connections connections,
            Draining draining,
            EvacuationConfig config,
            DrainConfig drainConfig,
            LifecycleConfig lifecycleConfig,
            RebalanceConfig rebalanceConfig,
            MoveMetrics metrics,
            OwnLoad load,
            InstantSource clock,
            Vertx vertx) {
        this.feed = feed;
        this.neighbours = neighbours;
        this.connections = connections;
        this.draining = draining;
        this.config = EvacuationConfig.checked(config);
        this.times = DrainTimes.of(drainConfig, lifecycleConfig);
        this.metrics = metrics;
        this.load = load;
        this.clock = clock;
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.rebalance = new RebalancePlan(
                RebalanceConfig.checked(rebalanceConfig), times.total(), clock, new SplittableRandom());
        this.minHistory = rebalanceConfig.minHistory();
        this.evacuation = new EvacuationPlan(config, clock, new SplittableRandom());
    }

    /// Begins to watch, and to tell the others how this instance is. Any thread.
    void start() {
        loop.runOnContext(_ -> {
            announce();
            vertx.setPeriodic(config.announceInterval().toMillis(), timer -> announce());
            vertx.setPeriodic(NEWS_INTERVAL.toMillis(), timer -> tellNews());
            vertx.setPeriodic(LOOK_INTERVAL.toMillis(), timer -> look());
        });
    }

    /// Begins to send everybody away, unless that has begun already; completes when nobody is left or the
    /// time for it is over. Any thread.
    CompletableFuture<Void> drain() {
        draining.announce();
        loop.runOnContext(_ -> beginDrain());
        return drained;
    }

    /// First the others must not count on this instance any more, and say whether they are there.
    private void beginDrain() {
        if (!isDraining) {
            isDraining = true;
            Instant beganAt = clock.instant();
            var _ = neighbours.leave().whenComplete((done, failure) -> loop.runOnContext(_ -> drainFrom(beganAt)));
        }
    }

    private void drainFrom(Instant beganAt) {
        LOG.infof(
                "draining connections=%d others=%d timeoutMillis=%d",
                connections.count(), neighbours.others(), times.total().toMillis());
        drain = new DrainPlan(times, beganAt, clock, new SplittableRandom());
        look();
    }

    /// The longest time that [#drain] takes.
    Duration longestDrain() {
        return times.total();
    }

    /// Any thread.
    DrainState state() {
        int count = connections.count();
        if (!draining.isAnnounced()) {
            return new DrainState(DrainState.Phase.SERVING, count, Duration.ZERO);
        }
        if (drained.isDone()) {
            return new DrainState(DrainState.Phase.DRAINED, count, Duration.ZERO);
        }
        DrainPlan plan = drain;
        var phase = draining.hasBegun() ? DrainState.Phase.LEAVING : DrainState.Phase.ANNOUNCED;
        return new DrainState(phase, count, plan == null ? times.total() : plan.rest());
    }

    private void announce() {
        var _ = neighbours.announce(load.now());
    }

    private void tellNews() {
        if (neighbours.hasNews()) {
            announce();
        }
    }

    private void look() {
        DrainPlan plan = drain;
        if (!isDraining) {
            evacuate();
            rebalance();
        } else if (plan != null && !drained.isDone()) {
            drain(plan);
        }
    }

    private void drain(DrainPlan plan) {
        MoveStep step = plan.look(neighbours.areNone(), connections.ids());
        if (plan.isLeaving()) {
            draining.begin();
        }
        obey(step, MoveReason.DRAIN);
        if (plan.isOver(connections.count())) {
            LOG.infof(
                    "drained connections=%d restMillis=%d",
                    connections.count(), plan.rest().toMillis());
            drained.complete(null);
        }
    }

    private void evacuate() {
        boolean isLive = feed.isLive();
        MoveStep step = evacuation.look(isLive, neighbours.others(), connections.ids());
        log(isLive, step);
        obey(step, MoveReason.EVACUATION);
    }

    private void rebalance() {
        boolean wasShedding = rebalance.isShedding();
        Map<String, Duration> asked = rebalance.look(feed.isLive(), neighbours.loads(), connections.ids());
        metrics.excess(rebalance.excess());
        asked.forEach((id, after) -> connections.tellIf(
                id, new ServerFrame.Reconnect(after), this::canResume, () -> metrics.asked(MoveReason.REBALANCE)));
        if (wasShedding != rebalance.isShedding()) {
            LOG.infof(
                    "%s connections=%d excess=%.0f others=%d",
                    wasShedding ? "balanced" : "asking clients to spread",
                    connections.count(),
                    rebalance.excess(),
                    neighbours.others());
        }
    }

    /// Whether what is missed between two connections is still there then.
    private boolean canResume(ChannelRule rule) {
        return !rule.isEphemeral() && rule.historyTtl().compareTo(minHistory) >= 0;
    }

    private void obey(MoveStep step, MoveReason reason) {
        step.asked().forEach((id, after) -> {
            if (connections.tell(id, new ServerFrame.Reconnect(after))) {
                metrics.asked(reason);
            }
        });
        step.closed().forEach(id -> {
            if (connections.close(id, CloseCode.RESTART)) {
                metrics.closed(reason);
            }
        });
    }

    private void log(boolean isLive, MoveStep step) {
        if (!isEvacuating && !step.asked().isEmpty()) {
            isEvacuating = true;
            LOG.warnf(
                    "deaf, asking clients to move connections=%d others=%d",
                    step.asked().size(), neighbours.others());
        } else if (isEvacuating && isLive) {
            isEvacuating = false;
            LOG.infof("live, clients may stay connections=%d", connections.count());
        }
    }
}

package dev.fanfare.gateway.recovery;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.FeedListener;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.gateway.hub.DeliveryTraces;
import dev.fanfare.gateway.hub.Fanout;
import dev.fanfare.gateway.hub.HubMetrics;
import dev.fanfare.gateway.hub.Join;
import dev.fanfare.gateway.hub.LoopChannel;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The channels that this gateway carries: those with at least one subscription on some event loop.
///
/// The first subscription of a channel opens the feed's interest and the last one closes it. Both
/// happen inside the map's atomic step for the channel, so that Redis is told in the same order.
@Singleton
public class Channels implements FeedListener {

    private final ChannelFeed feed;
    private final ChannelHistory history;
    private final ChannelRules rules;
    private final RecoveryConfig config;
    private final RecoveryMetrics metrics;
    private final HubMetrics hubMetrics;
    private final DeliveryTraces traces;
    private final InstantSource clock;
    private final Executor later;
    private final Map<Channel, ChannelTimeline> timelines = new ConcurrentHashMap<>();

    Channels(
            ChannelFeed feed,
            ChannelHistory history,
            ChannelRules rules,
            RecoveryConfig config,
            RecoveryMetrics metrics,
            HubMetrics hubMetrics,
            DeliveryTraces traces,
            InstantSource clock) {
        this.feed = feed;
        this.history = history;
        this.rules = rules;
        this.config = config;
        this.metrics = metrics;
        this.hubMetrics = hubMetrics;
        this.traces = traces;
        this.clock = clock;
        this.later = CompletableFuture.delayedExecutor(config.retryDelay().toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Lets a subscription join its channel. On the subscription's event loop.
    public void join(Join join) {
        LoopChannel onLoop = join.channel();
        ChannelTimeline timeline = timelines.compute(onLoop.channel(), (channel, known) -> {
            ChannelTimeline carried = known == null ? open(channel) : known;
            carried.addLoop(onLoop);
            return carried;
        });
        timeline.join(join);
    }

    private ChannelTimeline open(Channel channel) {
        var fanout = new Fanout(channel, rules.ruleFor(channel).isEphemeral(), hubMetrics, traces);
        var timeline = new ChannelTimeline(channel, fanout, history, config, metrics, later, clock);
        // Fails only when the interest was dropped meanwhile, and then the timeline is closed too.
        var _ = feed.subscribe(channel).thenRun(timeline::open);
        return timeline;
    }

    /// The last subscription of a channel on an event loop is gone. On that event loop.
    public void leave(LoopChannel onLoop) {
        timelines.computeIfPresent(onLoop.channel(), (channel, timeline) -> {
            if (!timeline.removeLoop(onLoop)) {
                return timeline;
            }
            timeline.close();
            feed.unsubscribe(channel);
            return null;
        });
    }

    /// Whether every channel's subscribers have everything that this gateway knows of.
    public boolean areLive() {
        return timelines.values().stream().allMatch(ChannelTimeline::isLive);
    }

    /// Looks after one of `of` parts of the channels, so that the work is spread over time: the part
    /// whose number is `part`, from 0.
    public void checkPositions(int part, int of) {
        timelines.forEach((channel, timeline) -> {
            if (Math.floorMod(channel.hashCode(), of) == part) {
                timeline.checkPosition();
            }
        });
    }

    @Override
    public void onPublication(Channel channel, Publication publication) {
        ChannelTimeline timeline = timelines.get(channel);
        if (timeline != null) {
            timeline.onPublication(publication);
        }
    }

    @Override
    public void onPlainMessage(Channel channel, String text) {
        ChannelTimeline timeline = timelines.get(channel);
        if (timeline != null) {
            timeline.onPlainMessage(text);
        }
    }

    @Override
    public void onLost(Channel channel) {
        // Nothing can be done before the feed is back; what is missed then is read from history.
    }

    @Override
    public void onRegained(Channel channel) {
        ChannelTimeline timeline = timelines.get(channel);
        if (timeline != null) {
            timeline.onRegained();
        }
    }
}

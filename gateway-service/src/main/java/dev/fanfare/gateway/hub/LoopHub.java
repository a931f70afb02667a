package dev.fanfare.gateway.hub;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All subscriptions of the connections of one event loop. Every method but [#execute] must be called
/// on that loop, so nothing here is locked.
public final class LoopHub {

    private final EventLoop loop;
    private final HubMetrics metrics;
    private final ChannelRules rules;
    private final Map<Channel, LoopChannel> channels = new HashMap<>();
    private final List<LoopChannel> dirty = new ArrayList<>();
    private final Set<LoopChannel> withStragglers = new LinkedHashSet<>();
    private boolean isThinned;

    LoopHub(EventLoop loop, HubMetrics metrics, ChannelRules rules) {
        this.loop = loop;
        this.metrics = metrics;
        this.rules = rules;
    }

    /// Notes the wish of a connection of this loop for `channel`; nothing is delivered before it is attached.
    public Subscription subscribe(Channel channel, Outbound outbound) {
        LoopChannel onLoop = channels.computeIfAbsent(channel, this::newChannel);
        onLoop.addInterest();
        metrics.subscribed();
        return new Subscription(onLoop, outbound);
    }

    private LoopChannel newChannel(Channel channel) {
        boolean conflates = ruleFor(channel).conflates();
        return new LoopChannel(this, channel, conflates ? new Conflation(metrics) : null);
    }

    /// What holds for `channel`.
    public ChannelRule ruleFor(Channel channel) {
        return rules.ruleFor(channel);
    }

    /// Ends a subscription, whether it was attached yet or not; returns whether its channel has none
    /// left on this loop.
    public boolean unsubscribe(Subscription subscription) {
        LoopChannel onLoop = subscription.channel();
        boolean isLast = onLoop.remove(subscription);
        if (isLast) {
            channels.remove(onLoop.channel());
            withStragglers.remove(onLoop);
        }
        metrics.unsubscribed();
        return isLast;
    }

    /// Runs `task` on the loop, behind what waits there already. Any thread.
    public void execute(Runnable task) {
        loop.execute(task);
    }

    void flushLater(LoopChannel channel) {
        if (dirty.isEmpty()) {
            loop.execute(this::flush);
        }
        dirty.add(channel);
    }

    private void flush() {
        for (LoopChannel channel : dirty) {
            channel.flush();
        }
        dirty.clear();
    }

    /// Whether this loop has so much to do that nobody gets each message of a conflating channel.
    public void thin(boolean thinned) {
        isThinned = thinned;
    }

    boolean isThinned() {
        return isThinned;
    }

    /// Some subscriber of `channel` has been left behind.
    void catchUpLater(LoopChannel channel) {
        withStragglers.add(channel);
    }

    /// Gives the newest message to those on conflating channels who are behind and can take it.
    public void catchUp() {
        withStragglers.removeIf(channel -> !channel.catchUp());
    }

    HubMetrics metrics() {
        return metrics;
    }
}

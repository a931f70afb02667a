package dev.fanfare.gateway.hub;

import dev.fanfare.contract.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All subscriptions of the connections of one event loop. Every method but [#execute] must be called
/// on that loop, so nothing here is locked.
public final class LoopHub {

    private final EventLoop loop;
    private final HubMetrics metrics;
    private final Map<Channel, LoopChannel> channels = new HashMap<>();
    private final List<LoopChannel> dirty = new ArrayList<>();

    LoopHub(EventLoop loop, HubMetrics metrics) {
        this.loop = loop;
        this.metrics = metrics;
    }

    /// Notes the wish of a connection of this loop for `channel`; nothing is delivered before it is attached.
    public Subscription subscribe(Channel channel, Outbound outbound) {
        LoopChannel onLoop = channels.computeIfAbsent(channel, c -> new LoopChannel(this, c));
        onLoop.addInterest();
        metrics.subscribed();
        return new Subscription(onLoop, outbound);
    }

    /// Ends a subscription, whether it was attached yet or not; returns whether its channel has none
    /// left on this loop.
    public boolean unsubscribe(Subscription subscription) {
        LoopChannel onLoop = subscription.channel();
        boolean isLast = onLoop.remove(subscription);
        if (isLast) {
            channels.remove(onLoop.channel());
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

    HubMetrics metrics() {
        return metrics;
    }
}

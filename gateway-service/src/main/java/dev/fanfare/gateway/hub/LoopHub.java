package dev.fanfare.gateway.hub;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// All subscriptions of the connections of one event loop. Every method but [#execute] must be called
/// on that loop, so nothing here is locked.
public final class LoopHub {

    /// Subscribers that are visited before the loop looks for what came meanwhile: 64, about half a millisecond of
    /// system calls, beside which looking costs nothing.
    static final int VISITS_PER_TURN = 64;

    private final EventLoop loop;
    private final HubMetrics metrics;
    private final DeliveryTimes deliveryTimes;
    private final ChannelRules rules;
    private final Map<Channel, LoopChannel> channels = new HashMap<>();
    private final Queue<LoopChannel> waiting = new ArrayDeque<>();
    private final Set<LoopChannel> withStragglers = new LinkedHashSet<>();
    private boolean isTurnDue;
    private boolean isThinned;

    LoopHub(EventLoop loop, HubMetrics metrics, ChannelRules rules) {
        this.loop = loop;
        this.metrics = metrics;
        this.deliveryTimes = metrics.newDeliveryTimes();
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

    /// Has the subscribers of `channel` visited, in turn with those of other channels.
    void walkLater(LoopChannel channel) {
        waiting.add(channel);
        if (!isTurnDue) {
            isTurnDue = true;
            loop.execute(this::turn);
        }
    }

    /// Visits some subscribers. The rest has to wait until the loop has looked for what came meanwhile: timers
    /// are run behind that, where a task would be run before.
    private void turn() {
        try {
            visitSome();
        } finally {
            isTurnDue = !waiting.isEmpty();
            if (isTurnDue) {
                var _ = loop.schedule(this::turn, 0, TimeUnit.NANOSECONDS);
            }
        }
    }

    private void visitSome() {
        int left = VISITS_PER_TURN;
        while (left > 0 && !waiting.isEmpty()) {
            LoopChannel channel = waiting.remove();
            try {
                left -= channel.walk(left);
            } finally {
                if (channel.waitsOn()) {
                    waiting.add(channel);
                }
            }
        }
    }

    /// Whether everybody has been visited since the newest message came.
    public boolean isUpToDate() {
        return waiting.isEmpty();
    }

    /// How long the slowest channel has been on its way to all of its subscribers by now; 0 when nothing waits.
    public long waitingNanos(long now) {
        long longest = 0;
        for (LoopChannel channel : waiting) {
            longest = Math.max(longest, channel.waitingNanos(now));
        }
        return longest;
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

    DeliveryTimes deliveryTimes() {
        return deliveryTimes;
    }

    HubMetrics metrics() {
        return metrics;
    }
}

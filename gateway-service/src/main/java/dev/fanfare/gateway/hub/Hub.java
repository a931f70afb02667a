package dev.fanfare.gateway.hub;

import dev.fanfare.contract.channel.ChannelRules;
import io.netty.channel.EventLoop;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The fan-out of this gateway instance: one [LoopHub] for each event loop that has connections.
@Singleton
public class Hub {

    private final HubMetrics metrics;
    private final ChannelRules rules;
    private final Map<EventLoop, LoopHub> loops = new ConcurrentHashMap<>();

    public Hub(HubMetrics metrics, ChannelRules rules) {
        this.metrics = metrics;
        this.rules = rules;
    }

    /// The part of the hub that belongs to `loop`. Any thread.
    public LoopHub on(EventLoop loop) {
        return loops.computeIfAbsent(loop, l -> new LoopHub(l, metrics, rules));
    }
}

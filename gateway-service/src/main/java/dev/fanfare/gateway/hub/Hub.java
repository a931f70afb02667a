package dev.fanfare.gateway.hub;

import io.netty.channel.EventLoop;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The fan-out of this gateway instance: one [LoopHub] for each event loop that has connections.
@Singleton
public class Hub {

    private final HubMetrics metrics;
    private final Map<EventLoop, LoopHub> loops = new ConcurrentHashMap<>();

    Hub(HubMetrics metrics) {
        this.metrics = metrics;
    }

    /// The part of the hub that belongs to `loop`. Any thread.
    public LoopHub on(EventLoop loop) {
        return loops.computeIfAbsent(loop, l -> new LoopHub(l, metrics));
    }
}

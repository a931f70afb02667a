package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.harness.LiveHeap;
import dev.fanfare.benchmarks.harness.ProcessTree;
import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.testkit.FreePorts;
import java.time.Duration;
import java.util.Optional;

/// A WebSocket server that was started for measuring. Ends with [#close], and with this JVM.
public final class RunningPeer implements AutoCloseable {

    private final Peer peer;
    private final RunningServer server;
    private final Target target;

    private RunningPeer(Peer peer, RunningServer server, Target target) {
        this.peer = peer;
        this.server = server;
        this.target = target;
    }

    static RunningPeer start(Peer peer, Peer.Recipe recipe, PublisherOnRedis redis) {
        peer.absence().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        int port = FreePorts.next();
        RunningServer server = RunningServer.start(peer.id(), peer.title(), port, recipe.launch(port, redis));
        return new RunningPeer(peer, server, recipe.target(port, redis));
    }

    public Peer peer() {
        return peer;
    }

    /// How to reach it.
    public Target target() {
        return target;
    }

    /// From its start until it was ready, give or take 2 ms.
    public Duration readyAfter() {
        return server.readyAfter();
    }

    /// Its processor time and memory.
    public ProcessTree usage() {
        return server.usage();
    }

    /// What somebody still holds in its heap; empty when it runs on no JVM. Stops it for so long.
    public Optional<LiveHeap> liveHeap() {
        return LiveHeap.of(server.process());
    }

    /// Asks it to end, and kills it when it does not within 15 s.
    @Override
    public void close() {
        server.close();
    }
}

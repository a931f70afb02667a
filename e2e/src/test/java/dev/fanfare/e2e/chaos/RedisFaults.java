package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import java.time.Duration;

/// What can go wrong with any Redis.
final class RedisFaults {

    private static final Duration MOMENT = Duration.ofSeconds(1);

    private RedisFaults() {}

    /// Every subscriber's connection is closed by Redis, as when it reads too slowly.
    static Fault pubSubKilled(Topology topology) {
        return new Fault("pubsub-killed", Loss.NONE, MOMENT, _ -> {
            topology.primaries().forEach(server -> server.execute("CLIENT", "KILL", "TYPE", "pubsub"));
            return () -> {};
        });
    }

    /// All data is gone at once, and with it the epochs.
    static Fault emptied(Topology topology) {
        return new Fault("redis-emptied", Loss.ALL, MOMENT, _ -> {
            topology.primaries().forEach(server -> server.execute("FLUSHALL"));
            return () -> {};
        });
    }
}

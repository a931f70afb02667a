package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.gateway.connection.Connections;
import dev.fanfare.gateway.connection.LoopLoad;
import jakarta.inject.Singleton;
import java.time.Duration;

/// What this instance has to do, as the others are told. Any thread.
@Singleton
public class OwnLoad {

    private final Connections connections;
    private final long startedNanos = System.nanoTime();

    OwnLoad(Connections connections) {
        this.connections = connections;
    }

    InstanceLoad now() {
        long now = System.nanoTime();
        long lag =
                connections.loads().mapToLong(loop -> loop.lagNanos(now)).max().orElse(0);
        long bytes = connections.loads().mapToLong(LoopLoad::sentInLastSecond).sum();
        return new InstanceLoad(
                connections.count(), Duration.ofNanos(lag), bytes, Duration.ofNanos(now - startedNanos));
    }
}

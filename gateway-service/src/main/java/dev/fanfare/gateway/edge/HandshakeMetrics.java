package dev.fanfare.gateway.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/// What is counted of clients that were not let in. Any thread.
@Singleton
public class HandshakeMetrics {

    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);

    HandshakeMetrics(MeterRegistry registry, HandshakeConfig config) {
        Gauge.builder("fanfare.gateway.connections.max", config, HandshakeConfig::maxConnections)
                .description("Open WebSocket connections at which nobody more is let in")
                .register(registry);
        for (Refusal refusal : Refusal.values()) {
            refused.put(
                    refusal,
                    Counter.builder("fanfare.gateway.handshakes.refused")
                            .description("Clients that were not let in")
                            .tag("reason", refusal.slug())
                            .register(registry));
        }
    }

    void refused(Refusal refusal) {
        Counter counter = refused.get(refusal);
        if (counter != null) {
            counter.increment();
        }
    }
}

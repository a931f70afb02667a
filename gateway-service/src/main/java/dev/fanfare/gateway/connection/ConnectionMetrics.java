package dev.fanfare.gateway.connection;

import dev.fanfare.contract.failure.CloseCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/// What is counted of connections. Any thread.
@Singleton
public class ConnectionMetrics {

    private final MeterRegistry registry;
    private final Counter opened;
    private final Counter closed;
    private final Map<CloseCode, Counter> closedByUs = new EnumMap<>(CloseCode.class);

    ConnectionMetrics(MeterRegistry registry) {
        this.registry = registry;
        opened = Counter.builder("fanfare.gateway.connections.opened")
                .description("WebSocket connections that were upgraded")
                .register(registry);
        closed = Counter.builder("fanfare.gateway.connections.closed")
                .description("WebSocket connections that ended, by whomever")
                .register(registry);
        for (CloseCode code : CloseCode.values()) {
            closedByUs.put(
                    code,
                    Counter.builder("fanfare.gateway.connections.closed.by.us")
                            .description("WebSocket connections that this instance closed")
                            .tag("code", code.reason())
                            .register(registry));
        }
    }

    void observe(Map<String, Connection> open) {
        Gauge.builder("fanfare.gateway.connections", open, Map::size)
                .description("Open WebSocket connections")
                .register(registry);
    }

    void observe(int number, LoopLoad load) {
        Gauge.builder("fanfare.gateway.loop.connections", load, LoopLoad::connections)
                .description("Open WebSocket connections of one event loop")
                .tag("loop", Integer.toString(number))
                .register(registry);
        Gauge.builder("fanfare.gateway.loop.lag", load, each -> each.lagNanos(System.nanoTime()) / 1e9)
                .description("How late an event loop came to its timers within the last second or two")
                .baseUnit("seconds")
                .tag("loop", Integer.toString(number))
                .register(registry);
        FunctionCounter.builder("fanfare.gateway.loop.sent", load, LoopLoad::sentBytes)
                .description("Bytes of frames sent to the clients of one event loop")
                .baseUnit("bytes")
                .tag("loop", Integer.toString(number))
                .register(registry);
        Gauge.builder("fanfare.gateway.loop.queued", load, LoopLoad::queuedBytes)
                .description("Bytes that wait for the clients of one event loop")
                .baseUnit("bytes")
                .tag("loop", Integer.toString(number))
                .register(registry);
    }

    void opened() {
        opened.increment();
    }

    void closed() {
        closed.increment();
    }

    void closedByUs(CloseCode code) {
        Counter counter = closedByUs.get(code);
        if (counter != null) {
            counter.increment();
        }
    }
}

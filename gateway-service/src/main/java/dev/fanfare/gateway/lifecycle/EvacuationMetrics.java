package dev.fanfare.gateway.lifecycle;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/// What is counted of clients that have to move. Any thread.
@Singleton
public class EvacuationMetrics {

    private final AtomicInteger others = new AtomicInteger();
    private final Counter asked;
    private final Counter closed;

    EvacuationMetrics(MeterRegistry registry) {
        Gauge.builder("fanfare.gateway.evacuation.others", others, AtomicInteger::get)
                .description("Other instances that say that they are well; 0 while nobody knows")
                .register(registry);
        asked = Counter.builder("fanfare.gateway.evacuation.asked")
                .description("Clients that were asked to move to another instance")
                .register(registry);
        closed = Counter.builder("fanfare.gateway.evacuation.closed")
                .description("Connections that were closed because their clients did not move")
                .register(registry);
    }

    void others(int count) {
        others.set(count);
    }

    void asked() {
        asked.increment();
    }

    void closed() {
        closed.increment();
    }
}

package dev.fanfare.gateway.lifecycle;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What is counted of clients that have to move. Any thread.
@Singleton
public class MoveMetrics {

    private final AtomicInteger others = new AtomicInteger();
    private final AtomicLong excess = new AtomicLong();
    private final Map<MoveReason, Counter> asked = new EnumMap<>(MoveReason.class);
    private final Map<MoveReason, Counter> closed = new EnumMap<>(MoveReason.class);

    MoveMetrics(MeterRegistry registry) {
        Gauge.builder("fanfare.gateway.evacuation.others", others, AtomicInteger::get)
                .description("Other instances that say that they are well; 0 while nobody knows")
                .register(registry);
        Gauge.builder("fanfare.gateway.rebalance.excess", excess, AtomicLong::get)
                .description("Connections above the mean of all instances; 0 while it is not known")
                .register(registry);
        for (MoveReason reason : MoveReason.values()) {
            String prefix = "fanfare.gateway." + reason.slug();
            asked.put(
                    reason,
                    Counter.builder(prefix + ".asked")
                            .description("Clients that were asked to move to another instance")
                            .register(registry));
            if (reason == MoveReason.REBALANCE) {
                // Nobody is closed for it.
                continue;
            }
            closed.put(
                    reason,
                    Counter.builder(prefix + ".closed")
                            .description("Connections that were closed because their clients did not move")
                            .register(registry));
        }
    }

    void others(int count) {
        others.set(count);
    }

    void excess(double connections) {
        excess.set(Math.round(connections));
    }

    void asked(MoveReason reason) {
        count(asked, reason);
    }

    void closed(MoveReason reason) {
        count(closed, reason);
    }

    private static void count(Map<MoveReason, Counter> counters, MoveReason reason) {
        Counter counter = counters.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}

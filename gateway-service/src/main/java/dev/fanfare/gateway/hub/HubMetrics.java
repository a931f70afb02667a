package dev.fanfare.gateway.hub;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/// What the hub counts. Any thread.
@Singleton
public class HubMetrics {

    private final LongAdder subscriptions = new LongAdder();
    private final LongAdder published = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder skipped = new LongAdder();

    private final List<DeliveryTimes> deliveryTimes = new CopyOnWriteArrayList<>();
    private final InstantSource clock;

    public HubMetrics(MeterRegistry registry, InstantSource clock) {
        this.clock = clock;
        Gauge.builder("fanfare.gateway.subscriptions", subscriptions, LongAdder::sum)
                .description("Subscriptions of all connections of this instance")
                .register(registry);
        FunctionCounter.builder("fanfare.gateway.publications", published, LongAdder::sum)
                .description("Messages that came from Redis for at least one subscription here")
                .register(registry);
        FunctionCounter.builder("fanfare.gateway.frames.sent", delivered, LongAdder::sum)
                .description("Message frames handed to connections, one per subscriber")
                .register(registry);
        FunctionCounter.builder("fanfare.gateway.frames.skipped", skipped, LongAdder::sum)
                .description("Message frames left out on conflating channels, one per subscriber")
                .register(registry);
        FunctionCounter.builder("fanfare.gateway.delivery.early", deliveryTimes, HubMetrics::early)
                .description("Deliveries of messages whose time had not come by the clock of this instance")
                .register(registry);
    }

    private static double early(List<DeliveryTimes> loops) {
        return loops.stream().mapToLong(DeliveryTimes::early).sum();
    }

    /// Of one more event loop.
    DeliveryTimes newDeliveryTimes() {
        var ofLoop = new DeliveryTimes(clock);
        deliveryTimes.add(ofLoop);
        return ofLoop;
    }

    /// Of all event loops.
    List<DeliveryTimes> deliveryTimes() {
        return deliveryTimes;
    }

    void subscribed() {
        subscriptions.increment();
    }

    void unsubscribed() {
        subscriptions.decrement();
    }

    void published() {
        published.increment();
    }

    void delivered(long frames) {
        delivered.add(frames);
    }

    void skipped(long frames) {
        skipped.add(frames);
    }
}

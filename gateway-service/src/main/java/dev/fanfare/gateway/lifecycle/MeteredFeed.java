package dev.fanfare.gateway.lifecycle;

import dev.fanfare.redis.feed.FeedMetrics;
import dev.fanfare.redis.feed.LossReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts what happens in the feed from Redis. Any thread.
@Singleton
public class MeteredFeed implements FeedMetrics {

    private final AtomicInteger expected = new AtomicInteger();
    private final LongAdder up = new LongAdder();
    private final LongAdder channels = new LongAdder();
    private final Map<LossReason, Counter> losses = new EnumMap<>(LossReason.class);
    private final Counter connectFailures;
    private final Counter messages;
    private final Counter bytes;
    private final Counter malformed;
    private final Counter listenerFailures;
    private final Timer resubscribe;
    private final Timer probe;
    private final Timer echo;

    MeteredFeed(MeterRegistry registry) {
        Gauge.builder("fanfare.gateway.feed.expected", expected, AtomicInteger::get)
                .description("Connections to Redis that are to deliver")
                .register(registry);
        Gauge.builder("fanfare.gateway.feed.up", up, LongAdder::sum)
                .description("Connections to Redis that deliver, proved by a test message")
                .register(registry);
        Gauge.builder("fanfare.gateway.feed.channels", channels, LongAdder::sum)
                .description("Channels in which this instance is interested")
                .register(registry);
        for (LossReason reason : LossReason.values()) {
            losses.put(
                    reason,
                    Counter.builder("fanfare.gateway.feed.losses")
                            .description("Connections to Redis that delivered and do so no more")
                            .tag("reason", reason.slug())
                            .register(registry));
        }
        connectFailures = counter(registry, "connect.failures", "Attempts to connect to Redis that failed");
        messages = counter(registry, "messages", "Messages that came in");
        bytes = counter(registry, "bytes", "Bytes of the messages that came in");
        malformed = counter(registry, "malformed", "Messages under our names that are not ours; dropped");
        listenerFailures = counter(registry, "listener.failures", "Messages that failed on their way on; a bug");
        resubscribe = timer(registry, "resubscribe", "From opening a connection until all is subscribed");
        probe = timer(registry, "probe", "Until Redis answers a probe");
        echo = timer(registry, "echo", "From publishing a test message until it is delivered here");
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder("fanfare.gateway.feed." + name)
                .description(description)
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder("fanfare.gateway.feed." + name)
                .description(description)
                .register(registry);
    }

    @Override
    public void expected(int connections) {
        expected.set(connections);
    }

    @Override
    public void live() {
        up.increment();
    }

    @Override
    public void lost(LossReason reason) {
        up.decrement();
        Counter counter = losses.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void connectFailed() {
        connectFailures.increment();
    }

    @Override
    public void resubscribed(int count, Duration took) {
        resubscribe.record(took);
    }

    @Override
    public void interestChanged(int change) {
        channels.add(change);
    }

    @Override
    public void received(int size) {
        messages.increment();
        bytes.increment(size);
    }

    @Override
    public void malformed() {
        malformed.increment();
    }

    @Override
    public void listenerFailed() {
        listenerFailures.increment();
    }

    @Override
    public void answered(Duration latency) {
        probe.record(latency);
    }

    @Override
    public void echoed(Duration latency) {
        echo.record(latency);
    }
}

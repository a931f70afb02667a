package dev.fanfare.publisher.lifecycle;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;

/// What is measured whenever somebody asks whether this instance is ready. Any thread.
@Singleton
@Startup
public class ReadinessMetrics {

    private final Timer roundTrip;
    private volatile double ready = Double.NaN;

    ReadinessMetrics(MeterRegistry registry) {
        roundTrip = Timer.builder("fanfare.publisher.redis.round.trip")
                .description("Until Redis answers a ping over the connection that publishes")
                .register(registry);
        Gauge.builder("fanfare.publisher.ready", this, metrics -> metrics.ready)
                .description("Whether this instance was ready when it was last asked")
                .register(registry);
    }

    void answered(Duration took) {
        roundTrip.record(took);
        ready = 1;
    }

    void unanswered() {
        ready = 0;
    }
}

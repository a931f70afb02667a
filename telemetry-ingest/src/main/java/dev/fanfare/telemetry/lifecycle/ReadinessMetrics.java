package dev.fanfare.telemetry.lifecycle;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// What was answered when somebody last asked whether this instance is ready. Any thread.
@Singleton
@Startup
public final class ReadinessMetrics {

    private volatile double ready = Double.NaN;

    public ReadinessMetrics(MeterRegistry registry) {
        Gauge.builder("fanfare.telemetry.ready", this, metrics -> metrics.ready)
                .description("Whether this instance was ready when it was last asked")
                .register(registry);
    }

    HealthCheckResponse answered(HealthCheckResponse response) {
        ready = response.getStatus() == HealthCheckResponse.Status.UP ? 1 : 0;
        return response;
    }
}

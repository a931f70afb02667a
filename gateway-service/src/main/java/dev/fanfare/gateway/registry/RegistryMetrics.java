package dev.fanfare.gateway.registry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/// What is counted of what is told of connections. Any thread.
@Singleton
public class RegistryMetrics {

    private final MeterRegistry registry;
    private final Counter taken;
    private final Counter refused;
    private final Counter failed;
    private final Counter changes;
    private final Counter swept;

    RegistryMetrics(MeterRegistry registry) {
        this.registry = registry;
        taken = reports(registry, "taken");
        refused = reports(registry, "refused");
        failed = reports(registry, "failed");
        changes = Counter.builder("fanfare.gateway.registry.changes")
                .description("Comings, goings and changes of connections that Redis was told")
                .register(registry);
        swept = Counter.builder("fanfare.gateway.registry.swept")
                .description("Instances that were found without a lease, so that their connections count as gone")
                .register(registry);
    }

    private static Counter reports(MeterRegistry registry, String outcome) {
        return Counter.builder("fanfare.gateway.registry.reports")
                .description("Writes to Redis of what became of connections")
                .tag("outcome", outcome)
                .register(registry);
    }

    void observe(Roll roll) {
        Gauge.builder("fanfare.gateway.registry.waiting", roll, Roll::size)
                .description("Changes of connections that Redis has not been told yet")
                .register(registry);
    }

    void taken(int count) {
        taken.increment();
        changes.increment(count);
    }

    void refused() {
        refused.increment();
    }

    void failed() {
        failed.increment();
    }

    void swept(int instances) {
        swept.increment(instances);
    }
}

package dev.fanfare.gateway.hub;

import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// The one registry that Prometheus is answered from: Micrometer's meters, and what is no meter ([DeliveryHistogram]).
///
/// Without it Quarkus makes a registry of its own for each who asks for one.
final class PrometheusRegistry {

    private PrometheusRegistry() {}

    @Produces
    @Singleton
    static CollectorRegistry registry() {
        return new CollectorRegistry(true);
    }
}

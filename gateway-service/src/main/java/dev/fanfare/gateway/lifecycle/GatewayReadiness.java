package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.gateway.connection.Draining;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while live messages come from Redis, other gateways can know of it, and the instance is not on its way out.
///
/// Who waits for this one to be ready may end another one at once. Its clients then have somewhere to go only if this
/// one is on the list.
@Readiness
@Singleton
@Startup
public class GatewayReadiness implements HealthCheck {

    private final ChannelFeed feed;
    private final Neighbours neighbours;
    private final Draining draining;

    GatewayReadiness(ChannelFeed feed, Neighbours neighbours, Draining draining, MeterRegistry registry) {
        this.feed = feed;
        this.neighbours = neighbours;
        this.draining = draining;
        Gauge.builder("fanfare.gateway.ready", this, each -> each.isReady() ? 1 : 0)
                .description("Whether this instance is ready")
                .register(registry);
    }

    private boolean isReady() {
        return feed.isLive() && neighbours.isListed() && !draining.isAnnounced();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("gateway")
                .status(isReady())
                .withData("feed", feed.isLive() ? "live" : "lost")
                .withData("listed", neighbours.isListed())
                .withData("draining", draining.isAnnounced())
                .build();
    }
}

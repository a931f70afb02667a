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

/// Ready while live messages come from Redis and the instance is not on its way out.
@Readiness
@Singleton
@Startup
public class GatewayReadiness implements HealthCheck {

    private final ChannelFeed feed;
    private final Draining draining;

    GatewayReadiness(ChannelFeed feed, Draining draining, MeterRegistry registry) {
        this.feed = feed;
        this.draining = draining;
        Gauge.builder("fanfare.gateway.ready", this, each -> each.isReady() ? 1 : 0)
                .description("Whether this instance is ready")
                .register(registry);
    }

    private boolean isReady() {
        return feed.isLive() && !draining.isAnnounced();
    }

    @Override
    public HealthCheckResponse call() {
        boolean isLive = feed.isLive();
        return HealthCheckResponse.named("gateway")
                .status(isLive && !draining.isAnnounced())
                .withData("feed", isLive ? "live" : "lost")
                .withData("draining", draining.isAnnounced())
                .build();
    }
}

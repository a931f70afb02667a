package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.gateway.connection.Draining;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while live messages come from Redis and the instance is not on its way out.
@Readiness
@Singleton
public class GatewayReadiness implements HealthCheck {

    private final ChannelFeed feed;
    private final Draining draining;

    GatewayReadiness(ChannelFeed feed, Draining draining) {
        this.feed = feed;
        this.draining = draining;
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

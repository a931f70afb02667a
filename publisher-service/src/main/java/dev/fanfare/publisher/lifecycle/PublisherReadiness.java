package dev.fanfare.publisher.lifecycle;

import dev.fanfare.redis.health.RedisHealth;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when Redis answers over the connection that publishes.
@Readiness
public final class PublisherReadiness implements HealthCheck {

    private static final String NAME = "redis";

    private final RedisHealth redis;

    PublisherReadiness(RedisHealth redis) {
        this.redis = redis;
    }

    /// Blocks for at most the broker's command timeout.
    @Override
    public HealthCheckResponse call() {
        try {
            redis.check().join();
            return HealthCheckResponse.up(NAME);
        } catch (CompletionException _) {
            return HealthCheckResponse.down(NAME);
        }
    }
}

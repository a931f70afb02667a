package dev.fanfare.publisher.lifecycle;

import dev.fanfare.redis.health.RedisHealth;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when Redis answers over the connection that publishes.
@Readiness
public final class PublisherReadiness implements HealthCheck {

    private static final String NAME = "redis";

    private final RedisHealth redis;
    private final ReadinessMetrics metrics;

    PublisherReadiness(RedisHealth redis, ReadinessMetrics metrics) {
        this.redis = redis;
        this.metrics = metrics;
    }

    /// Blocks for at most the broker's command timeout.
    @Override
    public HealthCheckResponse call() {
        long askedAt = System.nanoTime();
        try {
            redis.check().join();
            metrics.answered(Duration.ofNanos(System.nanoTime() - askedAt));
            return HealthCheckResponse.up(NAME);
        } catch (CompletionException _) {
            metrics.unanswered();
            return HealthCheckResponse.down(NAME);
        }
    }
}

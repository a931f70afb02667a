package dev.fanfare.telemetry.lifecycle;

import static java.util.Objects.requireNonNullElse;

import dev.fanfare.redis.health.RedisHealth;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Up when Redis answers and every loop runs. Says of each source whether this instance polls it.
///
/// A standby is ready: it could take over. Whether sources answer is not part of it: a source in
/// trouble is not cured by another instance.
@Readiness
public final class IngestReadiness implements HealthCheck {

    private final IngestLoops loops;
    private final RedisHealth redis;
    private final ReadinessMetrics metrics;

    IngestReadiness(IngestLoops loops, RedisHealth redis, ReadinessMetrics metrics) {
        this.loops = loops;
        this.redis = redis;
        this.metrics = metrics;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.builder().name("telemetry-ingest").status(loops.isRunning());
        loops.roles().forEach(answer::withData);
        try {
            redis.check().join();
        } catch (CompletionException e) {
            answer.down()
                    .withData(
                            "redis",
                            String.valueOf(requireNonNullElse(e.getCause(), e).getMessage()));
        }
        return metrics.answered(answer.build());
    }
}

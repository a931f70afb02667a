package dev.fanfare.deployment.autoscale;

import dev.fanfare.deployment.manifest.KubeObject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What KEDA says in the place of a metric that it cannot have: that so many replicas are needed, or those that are
/// there if they are more.
///
/// @param after how long the metric has been away before it says so
public record Fallback(Duration after, int replicas) {

    private static final int DEFAULT_POLLING_SECONDS = 30;

    /// Of a `ScaledObject` that has one; Kubernetes' own autoscaler has none.
    public static Optional<Fallback> read(KubeObject object) {
        if (object.at("/spec/fallback/replicas").isMissingNode()) {
            return Optional.empty();
        }
        long polling = object.at("/spec/pollingInterval").asLong(DEFAULT_POLLING_SECONDS);
        return Optional.of(new Fallback(
                Duration.ofSeconds(
                        polling * object.at("/spec/fallback/failureThreshold").asLong()),
                object.at("/spec/fallback/replicas").asInt()));
    }

    /// What each pod seems to have, so that the autoscaler comes to that many.
    public List<PodReading> readings(MetricTarget target, int current) {
        double each = target.mean() * Math.max(replicas, current) / current;
        return Collections.nCopies(current, PodReading.known(each));
    }
}

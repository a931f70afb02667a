package dev.fanfare.deployment.autoscale;

import java.util.Set;

/// What an autoscaler is told.
public record AutoscalerSpec(
        String target,
        int minReplicas,
        int maxReplicas,
        Set<MetricTarget> metrics,
        ScalingRules up,
        ScalingRules down) {

    public AutoscalerSpec {
        metrics = Set.copyOf(metrics);
    }
}

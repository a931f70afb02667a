package dev.fanfare.deployment.autoscale;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// How many replicas one metric asks for.
///
/// ```text
/// ceil(pods × mean / wanted mean), but for a mean within a tenth of the wanted one
/// ```
///
/// Pods without a figure count so that they hold the change back: as idle when there is to be more, as just right
/// (for processor time: as using all that they request) when there is to be less. Pods that are not ready count as
/// idle when there is to be more, and not at all otherwise. Follows what Kubernetes says on [its
/// page](https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#algorithm-details).
final class Recommendation {

    /// By how much the mean may be off without anything being done.
    private static final double TOLERANCE = 0.1;

    private Recommendation() {}

    /// How many there are to be.
    ///
    /// @param current replicas now
    /// @return empty when nothing is known of any pod that counts
    static OptionalInt replicas(int current, MetricTarget target, List<PodReading> pods) {
        List<Double> known = pods.stream()
                .filter(pod -> !pod.isUnready())
                .map(PodReading::value)
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
        if (known.isEmpty()) {
            return OptionalInt.empty();
        }
        int unready = (int) pods.stream().filter(PodReading::isUnready).count();
        int missing = pods.size() - unready - known.size();
        double ratio = target.meanOf(known) / target.mean();
        boolean countsUnready = unready > 0 && ratio > 1;
        if (!countsUnready && missing == 0) {
            return OptionalInt.of(isNear(ratio) ? current : up(ratio * known.size()));
        }
        List<Double> assumed = new ArrayList<>(known);
        if (ratio < 1) {
            assumed.addAll(Collections.nCopies(missing, target.cautious()));
        } else if (ratio > 1) {
            assumed.addAll(Collections.nCopies(missing + unready, 0.0));
        }
        return OptionalInt.of(cautious(current, ratio, target.meanOf(assumed) / target.mean(), assumed.size()));
    }

    /// What was assumed must not turn the direction, nor lead past where we are.
    private static int cautious(int current, double ratio, double assumedRatio, int pods) {
        boolean turns = (ratio < 1 && assumedRatio > 1) || (ratio > 1 && assumedRatio < 1);
        if (isNear(assumedRatio) || turns) {
            return current;
        }
        int replicas = up(assumedRatio * pods);
        boolean leadsPast = (assumedRatio < 1 && replicas > current) || (assumedRatio > 1 && replicas < current);
        return leadsPast ? current : replicas;
    }

    private static boolean isNear(double ratio) {
        return ratio >= 1 - TOLERANCE && ratio <= 1 + TOLERANCE;
    }

    private static int up(double replicas) {
        return (int) Math.ceil(replicas);
    }
}

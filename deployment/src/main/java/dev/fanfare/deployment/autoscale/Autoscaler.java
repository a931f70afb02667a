package dev.fanfare.deployment.autoscale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// One autoscaler, asked every 15 seconds.
///
/// What the metrics recommend is first held back by the stabilization windows (the least of a rise and of a fall
/// within them), then by the policies (so much within a time), then by the bounds. Follows
/// `pkg/controller/podautoscaler` of Kubernetes 1.33. Left out: tolerances other than a tenth, and targets of other
/// kinds.
public final class Autoscaler {

    private final AutoscalerSpec spec;
    private final List<Point> recommendations = new ArrayList<>();
    private final List<Point> changes = new ArrayList<>();

    /// A number of replicas, recommended or added, at a time since the beginning.
    private record Point(Duration at, int replicas) {}

    public Autoscaler(AutoscalerSpec spec) {
        this.spec = spec;
    }

    /// How many replicas there are to be.
    ///
    /// @param now time since any beginning; never goes back
    /// @param current replicas that were asked for last
    /// @param readings what is known of the pods for each metric; none when the metric cannot be had
    public int decide(Duration now, int current, Map<MetricTarget, List<PodReading>> readings) {
        if (recommendations.isEmpty()) {
            recommendations.add(new Point(now, current));
        }
        int bounded = Math.clamp(current, spec.minReplicas(), spec.maxReplicas());
        OptionalInt recommended = bounded == current ? recommend(current, readings) : OptionalInt.of(bounded);
        if (recommended.isEmpty()) {
            return current;
        }
        int stable = stabilize(now, current, recommended.getAsInt());
        int paced = pace(now, current, stable);
        if (paced != current) {
            changes.add(new Point(now, paced - current));
        }
        return paced;
    }

    /// The most that any metric asks for. Where one cannot be had, nobody knows that less would do.
    private OptionalInt recommend(int current, Map<MetricTarget, List<PodReading>> readings) {
        int most = 0;
        boolean isBlind = false;
        for (MetricTarget target : spec.metrics()) {
            OptionalInt one = Recommendation.replicas(current, target, readings.getOrDefault(target, List.of()));
            isBlind |= one.isEmpty();
            most = Math.max(most, one.orElse(0));
        }
        boolean isUseless = most == 0 && isBlind;
        return isUseless || (isBlind && most < current) ? OptionalInt.empty() : OptionalInt.of(most);
    }

    private int stabilize(Duration now, int current, int recommended) {
        int least = recommended;
        int most = recommended;
        for (Point past : recommendations) {
            if (isWithin(spec.up().stabilization(), past.at(), now)) {
                least = Math.min(least, past.replicas());
            }
            if (isWithin(spec.down().stabilization(), past.at(), now)) {
                most = Math.max(most, past.replicas());
            }
        }
        recommendations.add(new Point(now, recommended));
        recommendations.removeIf(
                past -> !isWithin(longest(spec.up().stabilization(), spec.down().stabilization()), past.at(), now));
        return Math.min(Math.max(current, least), most);
    }

    private int pace(Duration now, int current, int wanted) {
        if (wanted > current) {
            int limit = Math.max(current, mostAfterRise(now, current));
            return Math.min(wanted, Math.min(spec.maxReplicas(), limit));
        }
        int limit = Math.min(current, leastAfterFall(now, current));
        return wanted < current ? Math.max(wanted, Math.max(spec.minReplicas(), limit)) : wanted;
    }

    private int mostAfterRise(Duration now, int current) {
        var proposals = spec.up().policies().stream().mapToInt(policy -> {
            int atStart = current - changeWithin(policy.period(), now);
            return switch (policy.unit()) {
                case PODS -> atStart + policy.value();
                case PERCENT -> (int) Math.ceil(atStart * (1 + policy.value() / 100.0));
            };
        });
        return switch (spec.up().select()) {
            case MAX -> proposals.max().orElse(current);
            case MIN -> proposals.min().orElse(current);
            case DISABLED -> current;
        };
    }

    private int leastAfterFall(Duration now, int current) {
        var proposals = spec.down().policies().stream().mapToInt(policy -> {
            int atStart = current - changeWithin(policy.period(), now);
            return switch (policy.unit()) {
                case PODS -> atStart - policy.value();
                // Rounded so that a tenth of 72 are 8.
                case PERCENT -> (int) (atStart * (1 - policy.value() / 100.0));
            };
        });
        return switch (spec.down().select()) {
            case MAX -> proposals.min().orElse(current);
            case MIN -> proposals.max().orElse(current);
            case DISABLED -> current;
        };
    }

    /// Replicas that were added within the time, less those that were taken away.
    private int changeWithin(Duration period, Duration now) {
        return changes.stream()
                .filter(change -> isWithin(period, change.at(), now))
                .mapToInt(Point::replicas)
                .sum();
    }

    private static boolean isWithin(Duration period, Duration at, Duration now) {
        return at.compareTo(now.minus(period)) > 0;
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

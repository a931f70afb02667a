package dev.fanfare.deployment.autoscale;

import java.util.OptionalDouble;

/// One pod, as the autoscaler sees it for one metric. Pods that are being deleted or have failed are not among
/// them.
///
/// @param isUnready pending, or for processor time: not ready for long enough that its figure counts
/// @param value what is known of it; empty when nothing is
public record PodReading(boolean isUnready, OptionalDouble value) {

    static PodReading known(double value) {
        return new PodReading(false, OptionalDouble.of(value));
    }

    static PodReading missing() {
        return new PodReading(false, OptionalDouble.empty());
    }

    static PodReading unready() {
        return new PodReading(true, OptionalDouble.empty());
    }
}

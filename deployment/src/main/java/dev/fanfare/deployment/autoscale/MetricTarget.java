package dev.fanfare.deployment.autoscale;

import java.util.List;

/// What an autoscaler looks at, and the mean over the pods that it wants.
public sealed interface MetricTarget {

    /// The mean that is wanted.
    double mean();

    /// The mean of these values, in the precision in which Kubernetes knows it.
    double meanOf(List<Double> values);

    /// What a pod without a figure counts as when there is to be less: so much that less is not wanted for its
    /// sake.
    double cautious();

    /// A metric of our own, in its own unit.
    record PerPod(String metric, double mean) implements MetricTarget {

        @Override
        public double meanOf(List<Double> values) {
            return plainMean(values);
        }

        @Override
        public double cautious() {
            return mean;
        }
    }

    /// Processor time, in percent of what the pods request.
    record Cpu(double mean) implements MetricTarget {

        private static final double ALL_THAT_IS_REQUESTED = 100;

        /// In whole percent.
        @Override
        public double meanOf(List<Double> values) {
            return Math.floor(plainMean(values));
        }

        @Override
        public double cautious() {
            return Math.max(ALL_THAT_IS_REQUESTED, mean);
        }
    }

    private static double plainMean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}

package dev.fanfare.benchmarks.harness;

import java.util.Arrays;
import java.util.Collection;

/// Smallest, middle and largest of some figures, in their unit.
public record Spread(double min, double median, double max) {

    /// The spread of `figures`.
    ///
    /// @throws IllegalArgumentException if there are none
    public static Spread of(Collection<Double> figures) {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("there is no spread of nothing");
        }
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(sorted[0], medianOf(sorted), sorted[sorted.length - 1]);
    }

    private static double medianOf(double[] sorted) {
        int middle = sorted.length / 2;
        double[] around = Arrays.copyOfRange(sorted, middle - (sorted.length % 2 == 0 ? 1 : 0), middle + 1);
        return Arrays.stream(around).sum() / around.length;
    }
}

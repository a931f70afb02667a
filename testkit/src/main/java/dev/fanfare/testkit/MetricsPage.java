package dev.fanfare.testkit;

import java.util.OptionalDouble;

/// What a service answers at `/q/metrics`, in the text format of Prometheus.
public record MetricsPage(String text) {

    /// The sum of all samples of the metric `name`, whatever their tags; empty when there are none.
    public OptionalDouble sum(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(Double::sum);
    }
}

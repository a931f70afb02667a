package dev.fanfare.deployment.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// What was so in each second.
record Timeline(List<Second> seconds) {

    /// One second.
    ///
    /// @param wanted clients that want to be connected
    /// @param connected clients that are
    /// @param ready gateways that take clients
    /// @param asked gateways that the autoscaler wants
    /// @param ideal gateways that would have the wanted mean of connections
    /// @param fullest connections of the gateway that has most
    /// @param refused handshakes that were refused
    /// @param moved clients that gateways sent elsewhere
    /// @param cpu of the busiest gateway, in cores
    /// @param lag of the latest gateway, in seconds
    record Second(
            int wanted,
            int connected,
            int ready,
            int asked,
            int ideal,
            int fullest,
            int refused,
            int moved,
            double cpu,
            double lag) {}

    Timeline() {
        this(new ArrayList<>());
    }

    double max(ToDoubleFunction<Second> value) {
        return seconds.stream().mapToDouble(value).max().orElse(0);
    }

    double sum(ToDoubleFunction<Second> value) {
        return seconds.stream().mapToDouble(value).sum();
    }

    /// Seconds in which it was so.
    long count(Predicate<Second> isSo) {
        return seconds.stream().filter(isSo).count();
    }

    /// The values in `columns` parts of the time, of each the largest.
    double[] columns(ToDoubleFunction<Second> value, int columns) {
        double[] most = new double[columns];
        for (int i = 0; i < seconds.size(); i++) {
            int column = (int) ((long) i * columns / seconds.size());
            most[column] = Math.max(most[column], value.applyAsDouble(seconds.get(i)));
        }
        return most;
    }
}

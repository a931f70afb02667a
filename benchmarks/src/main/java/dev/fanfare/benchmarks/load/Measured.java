package dev.fanfare.benchmarks.load;

import java.time.Duration;

/// What was spent while something was measured.
public interface Measured {

    /// How long it took.
    Duration elapsed();

    /// Processor time of the server meanwhile, over all its threads and processes.
    Duration serverCpu();

    /// Processor time of the load generator.
    Duration loadCpu();

    /// Share of a core that the server took, 1 for all of one.
    default double serverShare() {
        return seconds(serverCpu()) / seconds(elapsed());
    }

    /// Share of a core that the load generator took, 1 for all of one.
    default double loadShare() {
        return seconds(loadCpu()) / seconds(elapsed());
    }

    /// The rate of what happened `times`, in one second.
    default double perSecond(long times) {
        return times / seconds(elapsed());
    }

    /// Processor time of the server for each of what happened `times`, in microseconds.
    default double serverMicrosPer(long times) {
        return seconds(serverCpu()) * 1e6 / times;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}

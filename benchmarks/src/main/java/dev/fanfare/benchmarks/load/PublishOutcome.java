package dev.fanfare.benchmarks.load;

import java.time.Duration;

/// What callers that publish and wait for the answer have measured.
///
/// | component   | meaning                                                                    |
/// |-------------|----------------------------------------------------------------------------|
/// | `published` | acknowledged publishes                                                     |
/// | `elapsed`   | from the first publish to the last acknowledgement                         |
/// | `serverCpu` | processor time of the server meanwhile, over all its threads and processes |
/// | `loadCpu`   | processor time of the load generator                                       |
/// | `latency`   | from a publish to its acknowledgement                                      |
public record PublishOutcome(
        long published, Duration elapsed, Duration serverCpu, Duration loadCpu, Percentiles latency) {

    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    public double perSecond() {
        return published / seconds(elapsed);
    }

    /// Processor time of the server for one publish, in microseconds.
    public double serverMicrosEach() {
        return seconds(serverCpu) * MICROS / published;
    }

    /// Share of a core that the server took, 1 for all of one.
    public double serverShare() {
        return seconds(serverCpu) / seconds(elapsed);
    }

    /// Share of a core that the load generator took, 1 for all of one.
    public double loadShare() {
        return seconds(loadCpu) / seconds(elapsed);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }
}

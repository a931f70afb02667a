package dev.fanfare.benchmarks.load;

import java.time.Duration;

/// What one run has measured.
///
/// | component   | meaning                                                                              |
/// |-------------|--------------------------------------------------------------------------------------|
/// | `published` | messages sent                                                                        |
/// | `expected`  | deliveries that they must lead to, one per subscriber                                |
/// | `delivered` | deliveries, each counted once                                                        |
/// | `repeated`  | deliveries of what that subscriber had already, or of something older                |
/// | `elapsed`   | from the first message to the last delivery                                          |
/// | `serverCpu` | processor time of the server meanwhile, over all its threads and processes           |
/// | `loadCpu`   | processor time of the load generator                                                 |
/// | `latency`   | from the intended moment of a message to its delivery                                |
public record Outcome(
        long published,
        long expected,
        long delivered,
        long repeated,
        Duration elapsed,
        Duration serverCpu,
        Duration loadCpu,
        Percentiles latency) {

    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;

    /// Deliveries that never came.
    public long lost() {
        return expected - delivered;
    }

    public double deliveriesPerSecond() {
        return delivered / seconds(elapsed);
    }

    public double messagesPerSecond() {
        return published / seconds(elapsed);
    }

    /// Processor time of the server for one delivery, in microseconds.
    public double serverMicrosEach() {
        return seconds(serverCpu) * MICROS / delivered;
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

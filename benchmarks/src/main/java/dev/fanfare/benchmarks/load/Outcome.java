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
        Percentiles latency)
        implements Measured {

    /// Deliveries that never came.
    public long lost() {
        return expected - delivered;
    }

    public double deliveriesPerSecond() {
        return perSecond(delivered);
    }

    public double messagesPerSecond() {
        return perSecond(published);
    }

    /// Processor time of the server for one delivery, in microseconds.
    public double serverMicrosEach() {
        return serverMicrosPer(delivered);
    }
}

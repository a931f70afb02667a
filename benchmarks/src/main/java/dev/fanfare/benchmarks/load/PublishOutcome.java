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
        long published, Duration elapsed, Duration serverCpu, Duration loadCpu, Percentiles latency)
        implements Measured {

    public double perSecond() {
        return perSecond(published);
    }

    /// Processor time of the server for one publish, in microseconds.
    public double serverMicrosEach() {
        return serverMicrosPer(published);
    }
}

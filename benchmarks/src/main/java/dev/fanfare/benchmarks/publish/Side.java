package dev.fanfare.benchmarks.publish;

import dev.fanfare.contract.channel.Channel;
import java.time.Duration;
import java.util.List;

/// One of those that are compared.
interface Side {

    /// What one call of [#publish] took.
    ///
    /// | component   | meaning                                                                  |
    /// |-------------|--------------------------------------------------------------------------|
    /// | `elapsed`   | from the first publish to the last acknowledgement                       |
    /// | `clientCpu` | processor time of the publishing process, over all its threads           |
    record Effort(Duration elapsed, Duration clientCpu) {}

    /// Its row in the report.
    String name();

    /// The channels to which it publishes.
    List<Channel> channels();

    /// Publishes so many messages as fast as it can, each with an id of its own, and returns when all
    /// are acknowledged.
    ///
    /// @throws RuntimeException when one was not
    Effort publish(int messages);
}

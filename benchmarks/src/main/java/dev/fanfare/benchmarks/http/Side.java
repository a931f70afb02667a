package dev.fanfare.benchmarks.http;

import dev.fanfare.benchmarks.load.PublishOutcome;
import java.time.Duration;

/// One of those that are compared.
interface Side extends AutoCloseable {

    /// Its row in the report.
    String title();

    /// Publishes for `time`, each caller the next message as soon as the one before is acknowledged.
    PublishOutcome publish(Duration time);

    /// Publishes that Redis has stored since it was emptied.
    long stored();

    /// Memory of the server that is in RAM.
    long residentBytes();

    @Override
    void close();
}

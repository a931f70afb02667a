package dev.fanfare.benchmarks.load;

import java.util.concurrent.CompletableFuture;

/// Publishes to the server that is measured. Used on the load's event loop only.
public interface Publisher {

    /// Hands a message over; it goes out with the next [#flush] at the latest. The payload is copied.
    void publish(int channel, byte[] payload, long sequence);

    /// Sends what was handed over.
    void flush();

    /// Completes, exceptionally, when the server refuses a message or hangs up.
    CompletableFuture<Void> failure();

    /// Hangs up.
    void close();
}

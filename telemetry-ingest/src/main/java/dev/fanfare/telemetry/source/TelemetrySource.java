package dev.fanfare.telemetry.source;

/// Something that can be read for its present value.
public interface TelemetrySource {

    /// Takes one reading. Blocks no longer than the source's timeout; called by one thread at a time.
    ///
    /// @throws InterruptedException when the calling thread was interrupted; what was under way is given up
    FetchOutcome fetch() throws InterruptedException;
}

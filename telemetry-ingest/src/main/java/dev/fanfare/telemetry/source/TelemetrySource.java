package dev.fanfare.telemetry.source;

import org.jspecify.annotations.Nullable;

/// Something that can be read for its present value.
public interface TelemetrySource {

    /// Takes one reading. Blocks no longer than the source's timeout; called by one thread at a time.
    ///
    /// @param published what the channel holds, so that the source may answer that it is unchanged; null
    ///     when that is not known
    /// @throws InterruptedException when the calling thread was interrupted; what was under way is given up
    FetchOutcome fetch(@Nullable Sample published) throws InterruptedException;
}

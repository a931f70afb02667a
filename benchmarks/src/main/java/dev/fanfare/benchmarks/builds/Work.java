package dev.fanfare.benchmarks.builds;

import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.load.PublishOutcome;

/// What a service has done while its memory at work was looked at.
sealed interface Work {

    /// A gateway: `busy` with many messages on the way at a time, `alone` with one, `steady` at a fixed rate.
    record Fanout(Outcome busy, Outcome alone, Outcome steady) implements Work {}

    /// A publisher, by callers that wait for their acknowledgement.
    record Publishing(PublishOutcome outcome) implements Work {}

    /// telemetry-ingest, by a source that was asked `times`.
    record Polling(int times) implements Work {}
}

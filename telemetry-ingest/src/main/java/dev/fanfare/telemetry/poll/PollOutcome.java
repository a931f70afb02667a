package dev.fanfare.telemetry.poll;

import dev.fanfare.contract.broker.PublishOutcome.Stored;

/// What became of one tick of a [Poller].
sealed interface PollOutcome {

    /// There was a sample and Redis has it.
    record Published(Stored stored) implements PollOutcome {}

    /// What there was is in the channel already and was not published again.
    record Unchanged() implements PollOutcome {}

    /// There was no sample: the source failed, or is left alone for a while after failures.
    record NoSample() implements PollOutcome {}

    /// There was a sample and Redis did not take it. The sample is given up; the next one is newer.
    record Unpublished(Exception cause) implements PollOutcome {}

    /// The tenure ended before the sample was published. Nothing was stored.
    record TenureOver() implements PollOutcome {}
}

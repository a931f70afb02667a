package dev.fanfare.contract.broker;

import dev.fanfare.contract.message.StreamPosition;

/// What became of one publish.
public sealed interface PublishOutcome {

    /// The message is stored at `position`. `duplicate` is true when it was stored before under the
    /// same id and this publish changed nothing.
    record Stored(StreamPosition position, boolean duplicate) implements PublishOutcome {}

    /// Another message was published under the same id within the idempotency window, as
    /// [dev.fanfare.contract.message.Fingerprint] tells. Nothing was stored.
    record IdTaken() implements PublishOutcome {}

    /// A publisher with a newer fence has published to the channel: this one has lost its lease and
    /// must stop. Nothing was stored.
    record FencedOff() implements PublishOutcome {}
}

package dev.fanfare.messaging.admission;

import dev.fanfare.contract.failure.ErrorCode;

/// What became of the wish for a place.
public sealed interface Entrance {

    /// There is one; whoever has it closes it.
    record Entered(PublishPlace place) implements Entrance {}

    /// There is none; `detail` is safe to show to the caller.
    record Refused(ErrorCode code, String detail) implements Entrance {}
}

package dev.fanfare.messaging.publish;

import dev.fanfare.contract.failure.FanfareException;

/// What became of one draft of several that were published each for itself.
public sealed interface Attempted {

    record Stored(Published published) implements Attempted {}

    /// As [Publishing#publish] throws; with `INTERNAL` for whatever nobody expects.
    record Failed(FanfareException fault) implements Attempted {}
}

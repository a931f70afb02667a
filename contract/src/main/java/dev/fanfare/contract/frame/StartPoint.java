package dev.fanfare.contract.frame;

import dev.fanfare.contract.message.StreamPosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// From where in a channel a subscription wants to begin.
public sealed interface StartPoint {

    /// With the next message.
    record Now() implements StartPoint {}

    /// With the message after `position`, as if the client had never been away.
    ///
    /// `messageId` is the id of the message at the position, or null. With it the gateway can tell
    /// whether the channel still is the one that the client knows: after a failover that lost
    /// writes the same offset may hold another message.
    record After(StreamPosition position, @Nullable String messageId) implements StartPoint {}

    /// With the newest `messages` of the past, from 1.
    record Newest(int messages) implements StartPoint {}

    /// With what was published within `age` before now, from 1 s.
    record Within(Duration age) implements StartPoint {}
}

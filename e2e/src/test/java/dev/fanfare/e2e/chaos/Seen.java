package dev.fanfare.e2e.chaos;

import dev.fanfare.contract.message.StreamPosition;
import org.jspecify.annotations.Nullable;

/// What a follower saw of one channel.
sealed interface Seen {

    /// The answer to a subscribe. `asked` is the position from which it wanted to go on, null for none.
    record Joined(@Nullable StreamPosition asked, boolean isRecovered, StreamPosition position) implements Seen {}

    /// A message.
    record Received(StreamPosition position, String id, int number) implements Seen {}

    /// A discontinuity.
    record Told(String reason, StreamPosition position) implements Seen {}

    /// The connection ended, for whatever reason.
    record Away() implements Seen {}
}

package dev.fanfare.e2e.chaos;

import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.e2e.chaos.Writer.Acknowledged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one follower saw of one channel, in order, and where it stands in it.
///
/// Written by the follower's thread. Others may ask [#isAtEnd] and [#hasJoined] at any time, the rest when it has
/// ended.
final class Track {

    /// Something that was seen, and when, by `System.nanoTime()`.
    record At(long nanos, Seen seen) {}

    /// Where it stands.
    ///
    /// @param messageId of the message at the position, null when it was not seen
    /// @param number of that message, 0 when it was not seen
    private record Standing(
            @Nullable StreamPosition position, @Nullable String messageId, int number) {}

    private final String follower;
    private final String channel;
    private final List<At> all = new ArrayList<>();
    private volatile Standing standing = new Standing(null, null, 0);
    private volatile boolean hasJoined;

    Track(String follower, String channel) {
        this.follower = follower;
        this.channel = channel;
    }

    void add(Seen seen) {
        all.add(new At(System.nanoTime(), seen));
        hasJoined |= seen instanceof Seen.Joined;
        switch (seen) {
            case Seen.Joined joined when joined.isRecovered() -> {}
            case Seen.Joined joined -> goOnAfter(joined.position());
            case Seen.Told told -> goOnAfter(told.position());
            case Seen.Received received ->
                standing = new Standing(received.position(), received.id(), received.number());
            case Seen.Away _ -> {}
        }
    }

    private void goOnAfter(StreamPosition newPosition) {
        standing = new Standing(newPosition, null, 0);
    }

    String follower() {
        return follower;
    }

    String channel() {
        return channel;
    }

    List<At> all() {
        return all;
    }

    /// After which the follower wants to go on; null before its first subscribe was answered.
    @Nullable
    StreamPosition position() {
        return standing.position();
    }

    /// Of the message at the position, null when it is not known.
    @Nullable
    String messageId() {
        return standing.messageId();
    }

    /// Whether its first subscribe was answered.
    boolean hasJoined() {
        return hasJoined;
    }

    /// Whether it has the last message that was acknowledged, or was told of a loss and that the channel is there now.
    boolean isAtEnd(Acknowledged last) {
        Standing now = standing;
        return now.messageId() == null ? last.position().equals(now.position()) : now.number() == last.number();
    }
}

package dev.fanfare.e2e.chaos;

import dev.fanfare.contract.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one follower saw of one channel, in order, and where it stands in it.
///
/// Written by the follower's thread. Others may read [#number] and [#hasJoined] at any time, the rest when it has
/// ended.
final class Track {

    /// Something that was seen, and when, by `System.nanoTime()`.
    record At(long nanos, Seen seen) {}

    private final String follower;
    private final String channel;
    private final List<At> all = new ArrayList<>();
    private @Nullable StreamPosition position;
    private @Nullable String messageId;
    private volatile int number;
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
            case Seen.Received received -> {
                position = received.position();
                messageId = received.id();
                number = received.number();
            }
            case Seen.Away _ -> {}
        }
    }

    private void goOnAfter(StreamPosition newPosition) {
        position = newPosition;
        messageId = null;
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
        return position;
    }

    /// Of the message at the position, null when it is not known.
    @Nullable
    String messageId() {
        return messageId;
    }

    /// Whether its first subscribe was answered.
    boolean hasJoined() {
        return hasJoined;
    }

    /// Of the newest message, 0 for none.
    int number() {
        return number;
    }
}

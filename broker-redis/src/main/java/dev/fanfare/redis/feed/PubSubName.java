package dev.fanfare.redis.feed;

/// One pub/sub name of one channel on one connection.
final class PubSubName {

    /// What Redis knows of the name, as far as its acknowledgements tell.
    enum OnWire {
        ABSENT,
        SUBSCRIBING,
        SUBSCRIBED,
        UNSUBSCRIBING,
        /// Redis does not let us subscribe to it, and never will on this connection.
        REFUSED
    }

    private final String text;
    private final int group;
    private final boolean plain;
    private final Interest interest;

    OnWire onWire = OnWire.ABSENT;
    /// Whether it waits for its turn to be brought in step.
    boolean queued;
    /// Whether it must have a command to itself, because it was in one that Redis refused.
    boolean alone;
    /// Whether it is of no more concern here: what Redis still says about it is ignored.
    boolean retired;

    /// @param group only names of the same group may be in one command
    /// @param plain whether anybody may publish to it, rather than `publish.lua` alone
    PubSubName(String text, int group, boolean plain, Interest interest) {
        this.text = text;
        this.group = group;
        this.plain = plain;
        this.interest = interest;
    }

    String text() {
        return text;
    }

    int group() {
        return group;
    }

    boolean isPlain() {
        return plain;
    }

    Interest interest() {
        return interest;
    }

    /// Whether Redis must be told something before this is what is wanted.
    boolean isOutOfStep() {
        return !retired && (interest.isWanted() ? onWire == OnWire.ABSENT : onWire == OnWire.SUBSCRIBED);
    }

    /// Whether Redis has no subscription under it, and none is on the way.
    boolean isAbsent() {
        return onWire == OnWire.ABSENT || onWire == OnWire.REFUSED;
    }

    /// Forgets what Redis knew: the connection is gone.
    void reset() {
        onWire = OnWire.ABSENT;
        queued = false;
        alone = false;
    }

    /// Whether nothing more will be heard from Redis about a subscribe.
    boolean isSettled() {
        return onWire == OnWire.SUBSCRIBED || onWire == OnWire.REFUSED;
    }
}

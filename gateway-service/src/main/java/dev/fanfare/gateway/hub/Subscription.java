package dev.fanfare.gateway.hub;

/// One connection's interest in one channel.
///
/// It is *pending* from the request until the channel's position is known, then *attached*, and
/// *ended* for good by an unsubscribe or the end of the connection. Confined to the connection's
/// event loop, but for the final fields.
public final class Subscription {

    /// Where an attached subscription stands in its channel's array; negative values are states.
    private static final int PENDING = -1;

    private static final int ENDED = -2;

    private final LoopChannel channel;
    private final Outbound outbound;
    private int index = PENDING;
    private int skipped;
    private long servedBytes;
    private long servedFrames;

    Subscription(LoopChannel channel, Outbound outbound) {
        this.channel = channel;
        this.outbound = outbound;
    }

    /// The channel's part on this connection's event loop.
    public LoopChannel channel() {
        return channel;
    }

    Outbound outbound() {
        return outbound;
    }

    boolean isAttached() {
        return index >= 0;
    }

    boolean isEnded() {
        return index == ENDED;
    }

    int index() {
        return index;
    }

    /// The place in the channel's log up to which this one was served.
    long servedBytes() {
        return servedBytes;
    }

    /// The frames of the channel's log up to there.
    long servedFrames() {
        return servedFrames;
    }

    void served(long bytes, long frames) {
        servedBytes = bytes;
        servedFrames = frames;
    }

    /// Messages that were left out and of which the client has not been told yet.
    int skipped() {
        return skipped;
    }

    void skip(int messages) {
        skipped += messages;
    }

    /// Returns what [#skipped] was and begins anew.
    int caughtUp() {
        int before = skipped;
        skipped = 0;
        return before;
    }

    void attachedAt(int newIndex) {
        index = newIndex;
    }

    void ended() {
        index = ENDED;
    }
}

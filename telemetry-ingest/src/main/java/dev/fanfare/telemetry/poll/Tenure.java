package dev.fanfare.telemetry.poll;

/// The right to poll and publish one source. It ends by itself unless it is prolonged.
///
/// Safe for use by several threads: the one that renews the lease and the one that polls.
public final class Tenure {

    private final long fence;
    private final Ticker ticker;
    private volatile long endsAt;
    private volatile boolean isEnded;

    /// @param fence number of the lease, to publish with
    /// @param endsAt when the lease may be somebody else's, by `ticker`
    public Tenure(long fence, long endsAt, Ticker ticker) {
        this.fence = fence;
        this.endsAt = endsAt;
        this.ticker = ticker;
    }

    public long fence() {
        return fence;
    }

    /// Whether the holder may still poll and publish. Once false it stays false.
    public boolean isHeld() {
        if (!isEnded && ticker.nanos() - endsAt >= 0) {
            isEnded = true;
        }
        return !isEnded;
    }

    /// Moves the end. Does nothing to a tenure that has ended.
    public void prolong(long newEnd) {
        endsAt = newEnd;
    }

    /// Ends it now.
    public void end() {
        isEnded = true;
    }
}

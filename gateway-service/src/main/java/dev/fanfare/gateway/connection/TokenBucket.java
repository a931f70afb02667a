package dev.fanfare.gateway.connection;

/// Tokens that come at a rate and may be saved up to a bound. Not thread-safe.
public final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perSecond;
    private final double capacity;
    private double tokens;
    private long filledAt;

    /// A full bucket.
    ///
    /// @param perSecond tokens that come each second, more than 0
    /// @param capacity most tokens that are saved up, from 1
    /// @param now of a clock in nanoseconds that never goes back
    public TokenBucket(double perSecond, double capacity, long now) {
        this.perSecond = perSecond;
        this.capacity = capacity;
        this.tokens = capacity;
        this.filledAt = now;
    }

    /// Takes `count` tokens if `reserve` are left then; else none.
    public boolean take(double count, double reserve, long now) {
        tokens = Math.min(capacity, tokens + (now - filledAt) * perSecond / NANOS_PER_SECOND);
        filledAt = now;
        if (tokens - count < reserve) {
            return false;
        }
        tokens -= count;
        return true;
    }
}

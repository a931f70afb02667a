package dev.fanfare.telemetry.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after failures in a row: doubling from `base` to `cap`, half of it random.
///
/// The random half spreads instances that lost the same thing at the same moment; the fixed half keeps
/// the first retry from coming at once.
public final class Backoff {

    /// More doublings overflow, and every cap is reached before.
    private static final int MAX_DOUBLINGS = 30;

    private final long baseNanos;
    private final long capNanos;
    private final RandomGenerator random;

    /// @param base the first wait, from 1 ms
    /// @param cap the longest wait, from `base` to 1 day
    public Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.baseNanos = base.toNanos();
        this.capNanos = cap.toNanos();
        this.random = random;
    }

    /// The wait after the `failures`-th failure in a row, counted from 1.
    public Duration after(int failures) {
        int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        // Shifting the cap down instead of the base up cannot overflow.
        long full = baseNanos > capNanos >> doublings ? capNanos : baseNanos << doublings;
        return Duration.ofNanos(full / 2 + random.nextLong(full / 2 + 1));
    }
}

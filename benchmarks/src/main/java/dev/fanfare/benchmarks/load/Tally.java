package dev.fanfare.benchmarks.load;

/// What one subscriber got of its channel, by the numbers of the messages: each must be one more than the
/// last.
final class Tally {

    /// Number of the newest message, or 0 before the first.
    private long newest;

    /// Takes message `sequence`; returns whether it is new. What was seen, or is older than what was seen,
    /// is not.
    boolean isNew(long sequence) {
        if (sequence <= newest) {
            return false;
        }
        newest = sequence;
        return true;
    }

    long newest() {
        return newest;
    }
}

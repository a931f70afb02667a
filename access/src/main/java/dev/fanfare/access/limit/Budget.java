package dev.fanfare.access.limit;

/// What one of those who share a rate has spent, as this instance knows it. Safe for use by many threads.
final class Budget {

    private final Rate rate;
    /// When nothing is spent any more, of a clock in nanoseconds that never goes back.
    private long wholeAt;
    private long unreported;
    private boolean isReporting;

    /// A whole budget.
    Budget(Rate rate, long now) {
        this.rate = rate;
        this.wholeAt = now;
    }

    /// How long the next one has to wait, nanoseconds; 0 when it need not.
    synchronized long waits(long now) {
        return Math.max(0, wholeAt - now - rate.credit());
    }

    /// Spends `times`, whether so much is left or not.
    ///
    /// @return how many times are to be reported now, 0 for nothing; then [#reported] has to be called once
    synchronized long spend(int times, long now) {
        wholeAt = later(wholeAt, now) + times * rate.cost();
        // Beyond a burst nothing is gained: so much is back by the time that a ledger that was away answers again.
        unreported = Math.min(rate.burst(), unreported + times);
        if (isReporting || unreported < rate.chunk()) {
            return 0;
        }
        long report = unreported;
        unreported = 0;
        isReporting = true;
        return report;
    }

    /// A report was not answered, and is forgotten.
    synchronized void notReported() {
        isReporting = false;
    }

    /// A report was answered: over all instances nothing is spent any more `ahead` nanoseconds after `now`, but for
    /// what
    /// this one has spent since.
    synchronized void reported(long ahead, long now) {
        isReporting = false;
        wholeAt = later(wholeAt, now + ahead + unreported * rate.cost());
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }
}

package dev.fanfare.access.limit;

import dev.fanfare.contract.broker.BudgetLedger;
import java.time.Duration;
import java.util.function.LongSupplier;

/// One rate, for everybody a budget of its own, which all instances share. Safe for use by many threads; never
/// waits.
final class SharedBudgets {

    /*
     * Spend first, tell later
     * -----------------------
     * Each instance decides by what it knows, at once, and tells Redis of what it has let through when that is a tenth
     * of a burst. The answer says what all have let through together, and is taken over when it is more. So a
     * publish never waits for Redis, and ten bursts cost it a hundred commands, however many publishes that are.
     *
     * How wrong it can be
     * -------------------
     * Of what the others have let through an instance does not know what they have not reported, less than a tenth of
     * a burst each, and what they let through while a report is under way. So n instances together let through
     *
     *     burst + rate × time + n × (burst / 10 + what comes while Redis answers)
     *
     * at most, and never more than n × (burst + rate × time), which is also what is left of the limit when Redis
     * is away. What was let through too much is not forgiven: it is in Redis, ahead of time, and everybody waits for
     * it. Who may have one more may have all of a request, so each instance may also exceed by one request a thread.
     *
     * Who is forgotten
     * ----------------
     * Those who have done nothing for as long as a budget takes to become whole, or for less when there are very many.
     * What they have spent is in Redis, but for less than a tenth of a burst, and comes back with the next report.
     */

    /// What is remembered of those who do nothing, at least: so that a trickle is counted too.
    private static final Duration MIN_MEMORY = Duration.ofSeconds(10);

    private final String kind;
    private final Rate rate;
    private final BudgetLedger ledger;
    private final LimitMetrics metrics;
    private final LongSupplier nanoTime;
    private final Generations<Budget> budgets;

    /// @param kind tells its budgets from those of other rates
    /// @param nanoTime a clock in nanoseconds that never goes back
    SharedBudgets(String kind, Rate rate, BudgetLedger ledger, LimitMetrics metrics, LongSupplier nanoTime) {
        this.kind = kind;
        this.rate = rate;
        this.ledger = ledger;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
        Duration memory = rate.isOff() ? MIN_MEMORY : rate.recovery();
        this.budgets = new Generations<>(
                (memory.compareTo(MIN_MEMORY) < 0 ? MIN_MEMORY : memory).toNanos(), nanoTime.getAsLong());
        metrics.observe(budgets);
    }

    /// How long `who` has to wait for the next time, nanoseconds; 0 when they need not.
    long waits(String who) {
        if (rate.isOff()) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        Budget budget = budgets.find(who, now);
        return budget == null ? 0 : budget.waits(now);
    }

    /// Spends `times`, at least 1, of the budget of `who`, whether so much is left or not.
    void spend(String who, int times) {
        if (rate.isOff()) {
            return;
        }
        long now = nanoTime.getAsLong();
        Budget budget = budgets.findOrAdd(who, now, () -> new Budget(rate, now));
        long report = budget.spend(times, now);
        if (report > 0) {
            report(who, budget, report);
        }
    }

    private void report(String who, Budget budget, long times) {
        var _ = ledger.spend(kind + " " + who, Duration.ofNanos(times * rate.cost()))
                .handle((ahead, failure) -> {
                    if (failure == null) {
                        budget.reported(ahead.toNanos(), nanoTime.getAsLong());
                    } else {
                        budget.notReported();
                    }
                    metrics.reported(failure == null);
                    return null;
                });
    }
}

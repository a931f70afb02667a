package dev.fanfare.contract.broker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// What was spent of budgets that all instances share, and is not yet made up for by time.
///
/// A budget is told in time: who may do something ten times a second spends 100 ms each time, and time gives it back
/// by itself. So a ledger needs to know neither rates nor bursts, and instances with different ones can share it.
///
/// Never blocks; futures complete on a thread of the broker and fail with `BROKER_UNAVAILABLE` when
/// Redis does not answer in time.
public interface BudgetLedger {

    /// Longest time that is spent by one call.
    Duration MAX_COST = Duration.ofDays(1);

    /// Spends `cost`. May count twice when Redis fails while it is on its way.
    ///
    /// @param budget any text, of which Redis sees nothing but a hash
    /// @param cost from 1 µs to [#MAX_COST]
    /// @return how long it takes from now until nothing of the budget is spent any more
    CompletableFuture<Duration> spend(String budget, Duration cost);

    /// Checks what [#spend] is asked for.
    ///
    /// @throws IllegalArgumentException if the cost is out of its range
    static void checkCost(Duration cost) {
        if (cost.compareTo(Duration.ofNanos(1000)) < 0 || cost.compareTo(MAX_COST) > 0) {
            throw new IllegalArgumentException("a cost is 1 µs to " + MAX_COST + " but is " + cost);
        }
    }
}

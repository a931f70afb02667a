package dev.fanfare.messaging.admission;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How many requests each caller has in flight. Knows only those that have one, so a stranger leaves nothing
/// behind. Safe for use by many threads; never waits.
final class CallersInFlight {

    private final int max;
    private final ConcurrentMap<Caller, Integer> counts = new ConcurrentHashMap<>();

    CallersInFlight(int max) {
        this.max = max;
    }

    /// Counts one more, unless `caller` has as many as it may.
    boolean enter(Caller caller) {
        while (true) {
            Integer count = counts.putIfAbsent(caller, 1);
            if (count == null) {
                return true;
            }
            if (count >= max) {
                return false;
            }
            if (counts.replace(caller, count, count + 1)) {
                return true;
            }
        }
    }

    void leave(Caller caller) {
        var _ = counts.computeIfPresent(caller, (_, count) -> count == 1 ? null : count - 1);
    }

    /// Number of callers that have something in flight.
    int size() {
        return counts.size();
    }
}

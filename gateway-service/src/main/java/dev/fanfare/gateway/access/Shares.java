package dev.fanfare.gateway.access;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How many each one has of something of which nobody may have more than so many. Knows only those that have one. Safe
/// for use by many threads; never waits.
final class Shares {

    private final int max;
    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

    /// @param max from 1; 0 for no limit, and then nothing is counted
    Shares(int max) {
        this.max = max;
    }

    /// Counts one more, unless `who` has as many as it may.
    boolean enter(String who) {
        if (max == 0) {
            return true;
        }
        boolean isWithin = counts.merge(who, 1, Integer::sum) <= max;
        if (!isWithin) {
            leave(who);
        }
        return isWithin;
    }

    /// Counts one less of those that were let in.
    void leave(String who) {
        var _ = counts.computeIfPresent(who, (_, count) -> count == 1 ? null : count - 1);
    }

    /// Number of those that have one.
    int size() {
        return counts.size();
    }
}

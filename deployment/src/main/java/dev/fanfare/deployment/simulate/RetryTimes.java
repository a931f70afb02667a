package dev.fanfare.deployment.simulate;

import java.util.HashMap;
import java.util.Map;

/// The seconds that a gateway has told clients of a crowd to come back at: the earliest that is not full, as the
/// gateway's own `RetrySlots` does.
final class RetryTimes {

    private final int perSecond;
    private final int longest;
    private final Map<Integer, Integer> told = new HashMap<>();

    /// None told yet.
    ///
    /// @param perSecond clients that are let in for long
    /// @param longest time that a client is told, in seconds
    RetryTimes(int perSecond, int longest) {
        this.perSecond = perSecond;
        this.longest = longest;
    }

    /// Seconds from now until the client that asks now is to come back, 1 to the longest.
    int take(int now) {
        told.keySet().removeIf(second -> second <= now);
        int best = 1;
        for (int ahead = 1; ahead <= longest; ahead++) {
            if (toldAt(now + ahead) < perSecond) {
                best = ahead;
                break;
            }
            if (toldAt(now + ahead) < toldAt(now + best)) {
                best = ahead;
            }
        }
        told.merge(now + best, 1, Integer::sum);
        return best;
    }

    private int toldAt(int second) {
        return told.getOrDefault(second, 0);
    }
}

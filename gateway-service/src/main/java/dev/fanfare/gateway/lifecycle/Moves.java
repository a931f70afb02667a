package dev.fanfare.gateway.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Who has been asked to move, and when its connection is closed because it did not.
///
/// No timer belongs to a connection: what is due is found by looking, and forgotten with the connection.
/// Called by one thread at a time.
final class Moves {

    /// When a connection is due that has been closed and is not gone yet.
    private static final Instant NEVER = Instant.MAX;

    private final Duration grace;
    private final RandomGenerator random;
    private final Map<String, Instant> closeAt = new HashMap<>();

    /// @param grace how long after its turn a client that stayed is closed
    Moves(Duration grace, RandomGenerator random) {
        this.grace = grace;
        this.random = random;
    }

    /// Forgets those who are gone.
    void keep(Set<String> open) {
        closeAt.keySet().retainAll(open);
    }

    /// Forgets everybody.
    void forget() {
        closeAt.clear();
    }

    /// Those who were asked and are still here.
    int pending() {
        return closeAt.size();
    }

    boolean isAsked(String id) {
        return closeAt.containsKey(id);
    }

    /// Gives each of `ids` a turn of its own, evenly over `spread` and by chance within its part of it: so no
    /// second has more turns than its share.
    Map<String, Duration> ask(List<String> ids, Duration spread, Instant now) {
        Map<String, Duration> asked = new HashMap<>();
        double part = (double) spread.toMillis() / Math.max(1, ids.size());
        for (int i = 0; i < ids.size(); i++) {
            Duration after = Duration.ofMillis((long) ((i + random.nextDouble()) * part));
            asked.put(ids.get(i), after);
            closeAt.put(ids.get(i), now.plus(after).plus(grace));
        }
        return asked;
    }

    /// Those whose time is over; each is named once.
    List<String> due(Instant now) {
        List<String> closed = new ArrayList<>();
        closeAt.replaceAll((id, at) -> {
            if (now.isBefore(at)) {
                return at;
            }
            closed.add(id);
            return NEVER;
        });
        return closed;
    }
}

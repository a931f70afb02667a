package dev.fanfare.gateway.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides which clients are asked to move, and which are closed because they did not.
///
/// Everybody is asked once for each time that the feed is deaf. No timer belongs to a connection: what is
/// due is found by looking, and what has been decided is forgotten with the connection or when the feed is
/// live again. Called by one thread at a time.
final class MovePlan {

    /// When a connection is due that has been closed and is not gone yet.
    private static final Instant NEVER = Instant.MAX;

    /// What is to be done now.
    ///
    /// @param asked the connections that are asked to move, each with the time after which its turn is
    /// @param closed the connections that had their turn and did not use it
    record Step(Map<String, Duration> asked, List<String> closed) {

        private static final Step NOTHING = new Step(Map.of(), List.of());
    }

    private final EvacuationConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Instant> closeAt = new HashMap<>();
    private @Nullable Instant deafSince;

    MovePlan(EvacuationConfig config, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /// Looks once.
    ///
    /// @param others other instances that are well, 0 when nobody knows
    /// @param open the ids of all open connections
    Step look(boolean isLive, int others, Set<String> open) {
        if (isLive) {
            deafSince = null;
            closeAt.clear();
            return Step.NOTHING;
        }
        Instant now = clock.instant();
        if (deafSince == null) {
            deafSince = now;
        }
        closeAt.keySet().retainAll(open);
        if (others == 0 || now.isBefore(deafSince.plus(config.patience()))) {
            return Step.NOTHING;
        }
        List<String> closed = close(now);
        return new Step(ask(now, open), closed);
    }

    private List<String> close(Instant now) {
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

    private Map<String, Duration> ask(Instant now, Set<String> open) {
        Map<String, Duration> asked = new HashMap<>();
        for (String id : open) {
            if (!closeAt.containsKey(id)) {
                Duration after =
                        Duration.ofMillis(random.nextLong(config.spread().toMillis() + 1));
                asked.put(id, after);
                closeAt.put(id, now.plus(after).plus(config.grace()));
            }
        }
        return asked;
    }
}

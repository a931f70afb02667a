package dev.fanfare.gateway.lifecycle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides who has to move because this instance hears nothing from Redis and others do.
///
/// Everybody is asked once for each time that the feed is deaf. What has been decided is forgotten when the
/// feed is live again. Called by one thread at a time.
final class EvacuationPlan {

    private final EvacuationConfig config;
    private final InstantSource clock;
    private final Moves moves;
    private @Nullable Instant deafSince;

    EvacuationPlan(EvacuationConfig config, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.moves = new Moves(config.grace(), random);
    }

    /// Looks once.
    ///
    /// @param others other instances that are well, 0 when nobody knows
    /// @param open the ids of all open connections
    MoveStep look(boolean isLive, int others, Set<String> open) {
        if (isLive) {
            deafSince = null;
            moves.forget();
            return MoveStep.NOTHING;
        }
        Instant now = clock.instant();
        if (deafSince == null) {
            deafSince = now;
        }
        moves.keep(open);
        if (others == 0 || now.isBefore(deafSince.plus(config.patience()))) {
            return MoveStep.NOTHING;
        }
        List<String> closed = moves.due(now);
        List<String> fresh = open.stream().filter(id -> !moves.isAsked(id)).toList();
        return new MoveStep(moves.ask(fresh, config.spread(), now), closed);
    }
}

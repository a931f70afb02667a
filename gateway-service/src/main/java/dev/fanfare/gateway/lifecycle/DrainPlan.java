package dev.fanfare.gateway.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides who has to go when, from the moment at which this instance is to end.
///
/// Where no other instance is there, nobody gains by a turn: everybody is closed at once. Called by one
/// thread at a time.
final class DrainPlan {

    private final DrainTimes times;
    private final InstantSource clock;
    private final Moves moves;
    private final Set<String> closed = new HashSet<>();
    private final Instant beganAt;
    private @Nullable Instant firstTurnAt;
    private @Nullable Instant lastCallAt;

    DrainPlan(DrainTimes times, Instant beganAt, InstantSource clock, RandomGenerator random) {
        this.times = times;
        this.clock = clock;
        this.moves = new Moves(times.grace(), random);
        this.beganAt = beganAt;
    }

    /// Looks once.
    ///
    /// @param isAlone whether it is known that no other instance is well
    /// @param open the ids of all open connections
    MoveStep look(boolean isAlone, Set<String> open) {
        Instant now = clock.instant();
        moves.keep(open);
        closed.retainAll(open);
        if (firstTurnAt == null) {
            if (!isAlone && now.isBefore(beganAt.plus(times.delay()))) {
                return MoveStep.NOTHING;
            }
            firstTurnAt = now;
        }
        if (isAlone || !now.isBefore(lastTurnAt().plus(times.grace()))) {
            lastCallAt = lastCallAt == null ? now : lastCallAt;
            return new MoveStep(Map.of(), once(List.copyOf(open)));
        }
        List<String> due = once(moves.due(now));
        List<String> fresh = open.stream().filter(id -> !moves.isAsked(id)).toList();
        return new MoveStep(moves.ask(fresh, restOfSpread(now), now), due);
    }

    private Instant lastTurnAt() {
        return beganAt.plus(times.delay()).plus(times.spread());
    }

    /// A client that came late has to hurry.
    private Duration restOfSpread(Instant now) {
        Duration rest = Duration.between(now, lastTurnAt());
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private List<String> once(List<String> ids) {
        List<String> fresh = new ArrayList<>(ids);
        fresh.removeIf(id -> !closed.add(id));
        return fresh;
    }

    /// Whether clients are being asked or closed already, so that nobody more may come in.
    boolean isLeaving() {
        return firstTurnAt != null;
    }

    /// Whether there is nothing left to do, or no time.
    boolean isOver(int connections) {
        boolean isCalledOff = lastCallAt != null && !clock.instant().isBefore(lastCallAt.plus(times.close()));
        return (isLeaving() && connections == 0) || isCalledOff || rest().isZero();
    }

    /// Time that is left at the most.
    Duration rest() {
        Duration rest = Duration.between(clock.instant(), beganAt.plus(times.total()));
        return rest.isNegative() ? Duration.ZERO : rest;
    }
}

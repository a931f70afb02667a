package dev.fanfare.gateway.lifecycle;

import dev.fanfare.contract.broker.InstanceLoad;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Decides which clients are asked to connect anew, because this instance has more than its share.
///
/// Nobody is closed: a client that does not know `reconnect` may not know how to resume either, so it stays.
/// Called by one thread at a time.
final class RebalancePlan {

    /* Why it settles
     * --------------
     * Instances begin at 10 % above the mean and go on until 2 %, so what chance does to those who come back
     * starts nothing anew. Each asks for at most what it has above the mean, less those who are on their way, so
     * none falls below it by its own doing. All of them know the same loads, some 2 s old; at 2 % of the connections
     * per second that is an error of 4 %, which the next look puts right.
     *
     * When an instance has gone, its clients are on their way to the others, in their turns, and some of them to
     * those that have few. Who asked meanwhile would move clients twice, and at the pace of both. So everybody waits for as
     * long as a drain takes, and again when the next one goes: an upgrade is not disturbed.
     */

    /// How long a client that was asked counts as on its way.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

    /// Over which time those who are asked at one look are spread.
    private static final Duration SPREAD = Duration.ofSeconds(1);

    private final RebalanceConfig config;
    private final Duration drainTimeout;
    private final InstantSource clock;
    private final RandomGenerator random;
    /// Until when those who were asked count as on their way.
    private final Map<String, Instant> askedUntil = new HashMap<>();

    /// Of the others, the oldest first.
    private List<Duration> agesBefore = List.of();

    private @Nullable Instant goneAt;
    private boolean isShedding;
    private @Nullable Instant lookedAt;
    private double allowance;
    private double excess;

    /// @param drainTimeout how long the clients of an instance that has gone may be on their way
    RebalancePlan(RebalanceConfig config, Duration drainTimeout, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.drainTimeout = drainTimeout;
        this.clock = clock;
        this.random = random;
    }

    /// Looks once.
    ///
    /// @param isWell whether this instance hears from Redis, and means to stay
    /// @param others what the other instances that are well have to do; empty when nobody knows
    /// @param open the ids of all open connections; those that come first are asked first
    Map<String, Duration> look(boolean isWell, List<InstanceLoad> others, Set<String> open) {
        Instant now = clock.instant();
        askedUntil.keySet().retainAll(open);
        List<Duration> ages = others.stream()
                .map(InstanceLoad::age)
                .sorted(Comparator.reverseOrder())
                .toList();
        if (isOneMissing(ages)) {
            goneAt = now;
        }
        agesBefore = ages;
        List<InstanceLoad> settled = others.stream()
                .filter(each -> each.age().compareTo(config.warmUp()) >= 0)
                .toList();
        if (!config.enabled() || !isWell || settled.isEmpty()) {
            rest();
            return Map.of();
        }
        long all = open.size()
                + settled.stream().mapToLong(InstanceLoad::connections).sum();
        double mean = (double) all / (settled.size() + 1);
        excess = open.size() - mean;
        int onTheirWay =
                (int) askedUntil.values().stream().filter(now::isBefore).count();
        int staying = open.size() - onTheirWay;
        if (goneAt != null && now.isBefore(goneAt.plus(drainTimeout))) {
            isShedding = false;
            return Map.of();
        }
        decide(mean, staying);
        return isShedding ? ask(now, open, staying - mean) : Map.of();
    }

    /// Whether an instance has gone since the last look, even if another one has come meanwhile: instances only grow
    /// older,
    /// so then the oldest, or the second oldest and so on, is younger than it was.
    private boolean isOneMissing(List<Duration> ages) {
        return ages.size() < agesBefore.size()
                || IntStream.range(0, agesBefore.size())
                        .anyMatch(i -> ages.get(i).compareTo(agesBefore.get(i)) < 0);
    }

    private void rest() {
        isShedding = false;
        lookedAt = null;
        allowance = 0;
        excess = 0;
    }

    private void decide(double mean, int staying) {
        if (isShedding) {
            isShedding = staying > mean * (1 + config.stopAbove());
        } else {
            isShedding = staying > mean * (1 + config.startAbove()) && staying - mean >= config.minExcess();
            lookedAt = null;
        }
    }

    /// As many as the pace allows by now, and not more than `most`.
    private Map<String, Duration> ask(Instant now, Set<String> open, double most) {
        double perSecond = config.pace() * open.size();
        double seconds = lookedAt == null ? 0 : Duration.between(lookedAt, now).toMillis() / 1000.0;
        lookedAt = now;
        allowance = Math.min(allowance + seconds * perSecond, Math.max(1, perSecond));
        int count = (int) Math.min(allowance, Math.max(0, most));
        allowance -= count;
        Map<String, Duration> asked = new HashMap<>();
        open.stream().filter(id -> !askedUntil.containsKey(id)).limit(count).forEach(id -> {
            Duration after = Duration.ofMillis(random.nextLong(SPREAD.toMillis()));
            asked.put(id, after);
            askedUntil.put(id, now.plus(after).plus(ON_ITS_WAY));
        });
        return asked;
    }

    /// Connections above the mean, as far as that is known; negative below it.
    double excess() {
        return excess;
    }

    /// Whether it is asking clients to go.
    boolean isShedding() {
        return isShedding;
    }
}

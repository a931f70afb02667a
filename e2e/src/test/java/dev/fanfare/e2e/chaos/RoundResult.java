package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Checker.Allowed;
import dev.fanfare.e2e.chaos.Checker.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// What a round came to.
///
/// | component         | meaning                                                                  |
/// |-------------------|--------------------------------------------------------------------------|
/// | `violations`      | broken promises, none if all is well                                     |
/// | `published`       | messages that were acknowledged                                          |
/// | `received`        | messages that followers got                                              |
/// | `recovered`       | subscriptions that went on where they were                               |
/// | `faults`          | how often each fault happened                                            |
/// | `told`            | how often a follower was told of a loss, by reason                       |
/// | `toldWithoutLoss` | of these, how often the message at its position is in the channel after all |
/// | `lostByRedis`     | acknowledged messages that a failover cost, on channels that wait for no replica |
record RoundResult(
        List<String> violations,
        int published,
        int received,
        int recovered,
        Map<String, Integer> faults,
        Map<String, Integer> told,
        int toldWithoutLoss,
        int lostByRedis) {

    static RoundResult nothing() {
        return new RoundResult(List.of(), 0, 0, 0, Map.of(), Map.of(), 0, 0);
    }

    /// Compares what the followers of a round that has ended saw with what was published.
    static RoundResult of(Round round, boolean wasFollowed, boolean isCaughtUp) {
        List<String> violations = new ArrayList<>();
        List<Checker> checkers = new ArrayList<>();
        boolean isEndKept = true;
        if (!wasFollowed) {
            violations.add("not every subscribe was answered before the faults began");
        }
        for (Writer writer : round.writers()) {
            Outcome outcome = outcome(round, writer);
            Allowed allowed = round.allowed(writer.channel());
            isEndKept &= Checker.isEndKept(outcome);
            Checker.lostAcknowledged(outcome, allowed).forEach(text -> violations.add(writer.channel() + ": " + text));
            round.tracksOf(writer.channel()).forEach(track -> {
                Checker checker = new Checker(outcome, allowed).check(track);
                checkers.add(checker);
                checker.violations()
                        .forEach(text -> violations.add(track.channel() + ", " + track.follower() + ": " + text));
            });
        }
        // Nobody can wait for a last message that a failover has lost.
        if (!isCaughtUp && isEndKept && violations.isEmpty()) {
            violations.add("not every follower had the last message in time, although all have it now");
        }
        return new RoundResult(
                violations,
                round.writers().stream()
                        .mapToInt(writer -> writer.acknowledged().size())
                        .sum(),
                sum(checkers, Checker::received),
                sum(checkers, Checker::recovered),
                round.happened().stream().collect(Collectors.toMap(name -> name, _ -> 1, Integer::sum)),
                checkers.stream().map(Checker::told).reduce(Map.of(), RoundResult::sum),
                sum(checkers, Checker::toldWithoutLoss),
                sum(checkers, Checker::numbersMissing));
    }

    private static Outcome outcome(Round round, Writer writer) {
        StoredChannel stored = StoredChannel.find(round.topology(), writer.channel())
                .orElseThrow(() -> new IllegalStateException(writer.channel() + " is not stored"));
        return new Outcome(stored.epoch(), stored.messages(), writer.acknowledged());
    }

    private static int sum(List<Checker> checkers, ToIntFunction<Checker> count) {
        return checkers.stream().mapToInt(count).sum();
    }

    RoundResult plus(RoundResult other) {
        List<String> both = new ArrayList<>(violations);
        both.addAll(other.violations);
        return new RoundResult(
                both,
                published + other.published,
                received + other.received,
                recovered + other.recovered,
                sum(faults, other.faults),
                sum(told, other.told),
                toldWithoutLoss + other.toldWithoutLoss,
                lostByRedis + other.lostByRedis);
    }

    private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        Map<String, Integer> sum = new TreeMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Integer::sum));
        return sum;
    }

    @Override
    public String toString() {
        return "%d faults, %d published, %d received, %d resumed, %d violations, %d told%s%s%s"
                .formatted(
                        total(faults),
                        published,
                        received,
                        recovered,
                        violations.size(),
                        total(told),
                        told.isEmpty() ? "" : " (" + counts(told) + ")",
                        toldWithoutLoss == 0 ? "" : ", " + toldWithoutLoss + " of them without need",
                        lostByRedis == 0 ? "" : ", " + lostByRedis + " missed by followers because Redis lost them");
    }

    private static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}

package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Checker.Allowed;
import dev.fanfare.e2e.chaos.Checker.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    private static final RoundResult NOTHING = new RoundResult(List.of(), 0, 0, 0, Map.of(), Map.of(), 0, 0);

    static RoundResult nothing() {
        return NOTHING;
    }

    /// Compares what the followers of a round that has ended saw with what was published.
    static RoundResult of(Round round, boolean wasFollowed, boolean isCaughtUp) {
        RoundResult sum = NOTHING.withFaults(round.happened());
        List<String> violations = new ArrayList<>();
        if (!wasFollowed) {
            violations.add("not every subscribe was answered before the faults began");
        }
        for (Writer writer : round.writers()) {
            StoredChannel stored = StoredChannel.find(round.topology(), writer.channel())
                    .orElseThrow(() -> new IllegalStateException(writer.channel() + " is not stored"));
            var outcome = new Outcome(stored.epoch(), stored.messages(), writer.acknowledged());
            Allowed allowed = round.allowed(writer.channel());
            Checker.lostAcknowledged(outcome, allowed).forEach(text -> violations.add(writer.channel() + ": " + text));
            for (Track track : round.tracks()
                    .filter(each -> each.channel().equals(writer.channel()))
                    .toList()) {
                Checker checker = new Checker(outcome, allowed).check(track);
                checker.violations()
                        .forEach(text -> violations.add(track.channel() + ", " + track.follower() + ": " + text));
                sum = sum.plus(of(checker));
            }
            sum = sum.plus(ofPublished(writer.acknowledged().size()));
        }
        if (!isCaughtUp && violations.isEmpty()) {
            violations.add("not every follower had the last message in time, although all have it now");
        }
        return sum.plus(new RoundResult(violations, 0, 0, 0, Map.of(), Map.of(), 0, 0));
    }

    private RoundResult withFaults(List<String> names) {
        Map<String, Integer> counted = new TreeMap<>();
        names.forEach(name -> counted.merge(name, 1, Integer::sum));
        return new RoundResult(violations, published, received, recovered, counted, told, toldWithoutLoss, lostByRedis);
    }

    private static RoundResult of(Checker checker) {
        return new RoundResult(
                List.of(),
                0,
                checker.received(),
                checker.recovered(),
                Map.of(),
                checker.told(),
                checker.toldWithoutLoss(),
                checker.numbersMissing());
    }

    private static RoundResult ofPublished(int count) {
        return new RoundResult(List.of(), count, 0, 0, Map.of(), Map.of(), 0, 0);
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
        int toldSum = told.values().stream().mapToInt(Integer::intValue).sum();
        return "%d faults, %d published, %d received, %d resumed, %d violations, %d told%s%s%s"
                .formatted(
                        faults.values().stream().mapToInt(Integer::intValue).sum(),
                        published,
                        received,
                        recovered,
                        violations.size(),
                        toldSum,
                        toldSum == 0 ? "" : " (" + counts(told) + ")",
                        toldWithoutLoss == 0 ? "" : ", " + toldWithoutLoss + " of them without need",
                        lostByRedis == 0 ? "" : ", " + lostByRedis + " missed by followers because Redis lost them");
    }

    static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}

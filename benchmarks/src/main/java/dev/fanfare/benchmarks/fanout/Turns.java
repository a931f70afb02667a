package dev.fanfare.benchmarks.fanout;

import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.peers.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Everything that was measured, by case, server and round.
final class Turns {

    private record Entry(Case situation, Peer peer, int round, Turn turn) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(Case situation, Peer peer, int round, Turn turn) {
        entries.add(new Entry(situation, peer, round, turn));
    }

    /// What `peer` measured in `situation`, in the order of rounds.
    List<Turn.Measured> measured(Case situation, Peer peer) {
        return IntStream.range(0, rounds())
                .mapToObj(round -> measured(situation, peer, round))
                .flatMap(Optional::stream)
                .toList();
    }

    /// Why `peer` did not get through `situation`, for the first time.
    Optional<String> failure(Case situation, Peer peer) {
        return entries.stream()
                .filter(entry -> entry.situation().equals(situation) && entry.peer() == peer)
                .map(Entry::turn)
                .filter(Turn.Failed.class::isInstance)
                .map(failed -> ((Turn.Failed) failed).why())
                .findFirst();
    }

    /// `figure` of `peer` divided by that of `other` in the same round, over all rounds in which both were
    /// measured; empty when there is none.
    Optional<Spread> ratio(Case situation, Peer peer, Peer other, ToDoubleFunction<Outcome> figure) {
        List<Double> ratios = IntStream.range(0, rounds())
                .mapToObj(round -> outcome(situation, peer, round)
                        .flatMap(its -> outcome(situation, other, round)
                                .map(others -> figure.applyAsDouble(its) / figure.applyAsDouble(others))))
                .flatMap(Optional::stream)
                .toList();
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    /// Deliveries of `peer` that were lost or came again, over all cases.
    long faults(Peer peer) {
        return entries.stream()
                .filter(entry -> entry.peer() == peer)
                .map(Entry::turn)
                .filter(Turn.Measured.class::isInstance)
                .map(measured -> ((Turn.Measured) measured).outcome())
                .mapToLong(outcome -> outcome.lost() + outcome.repeated())
                .sum();
    }

    int rounds() {
        return entries.stream().mapToInt(Entry::round).max().orElse(-1) + 1;
    }

    private Optional<Outcome> outcome(Case situation, Peer peer, int round) {
        return measured(situation, peer, round).map(Turn.Measured::outcome);
    }

    private Optional<Turn.Measured> measured(Case situation, Peer peer, int round) {
        return entries.stream()
                .filter(entry -> entry.situation().equals(situation) && entry.peer() == peer && entry.round() == round)
                .map(Entry::turn)
                .filter(Turn.Measured.class::isInstance)
                .map(Turn.Measured.class::cast)
                .findFirst();
    }
}

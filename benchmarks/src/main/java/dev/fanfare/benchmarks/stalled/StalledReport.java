package dev.fanfare.benchmarks.stalled;

import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The results as a page of Markdown.
///
/// @param residentBefore bytes of the gateway before the first pair
record StalledReport(Subject subject, Map<String, String> facts, long residentBefore, List<Pair> pairs) {

    private static final double MEGA = 1024.0 * 1024;

    private static final String COLUMNS = """

            | round | alone: p50 ms | p99 ms | p99.9 ms | beside stalled: p50 ms | p99 ms | p99.9 ms | waiting for stalled, MB | stalled closed | lost | repeated | resident, MB |
            |--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    String markdown() {
        String rows = IntStream.range(0, pairs.size())
                .mapToObj(i -> row(i + 1, pairs.get(i)))
                .collect(Collectors.joining());
        return subject.head("Stalled readers", "What clients that have stopped to read cost those that go on.", facts)
                + COLUMNS
                + rows
                + "\nLatency is from the moment at which a message should have been sent to its delivery to a reader.\n\n"
                + verdict()
                + "\n"
                + Subject.reading();
    }

    private static String row(int round, Pair pair) {
        return String.format(
                Locale.ROOT,
                "| %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.1f | %,d | %,d | %,d | %.1f |%n",
                round,
                pair.alone().latency().p50(),
                pair.alone().latency().p99(),
                pair.alone().latency().p999(),
                pair.beside().latency().p50(),
                pair.beside().latency().p99(),
                pair.beside().latency().p999(),
                pair.waiting() / MEGA,
                pair.closed(),
                pair.alone().lost() + pair.beside().lost(),
                pair.alone().repeated() + pair.beside().repeated(),
                pair.resident() / MEGA);
    }

    /// One line on what was found.
    String verdict() {
        return String.format(
                Locale.ROOT,
                "Median p99: %.2f ms alone, %.2f ms beside stalled clients. Resident: %.1f MB before, %.1f MB after the"
                        + " first round, %.1f MB after the last.",
                medianP99(Pair::alone),
                medianP99(Pair::beside),
                residentBefore / MEGA,
                pairs.getFirst().resident() / MEGA,
                pairs.getLast().resident() / MEGA);
    }

    private double medianP99(Function<Pair, Outcome> side) {
        return Spread.of(pairs.stream()
                        .map(pair -> side.apply(pair).latency().p99())
                        .toList())
                .median();
    }

    boolean isClean() {
        return pairs.stream().allMatch(Pair::isClean);
    }
}

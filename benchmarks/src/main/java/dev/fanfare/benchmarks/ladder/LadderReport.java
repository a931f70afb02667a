package dev.fanfare.benchmarks.ladder;

import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The results as a page of Markdown.
///
/// | component | meaning                          |
/// |-----------|----------------------------------|
/// | `facts`   | further rows of the head         |
/// | `climbs`  | the rounds of every step, in order |
record LadderReport(Subject subject, Map<String, String> facts, Map<Step, List<Climb>> climbs) {

    private static final String COLUMNS = """

            | step | messages/s: median | min | max | Redis, µs each | publisher and receiver, µs each | gateway, µs each |
            |---|--:|--:|--:|--:|--:|--:|
            """;

    private static final String LEGEND = """

            One channel and one receiver, so that every step handles as many messages. The publisher is the same at each
            step but for the first, which sends a shorter command. The hub is measured with a subscriber that counts
            frames and writes to no socket.
            """;

    String markdown() {
        return subject.head(
                        "Ladder", "What each layer between Redis and one client adds to the cost of a message.", facts)
                + COLUMNS
                + climbs.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining())
                + LEGEND
                + Subject.reading();
    }

    private static String row(Step step, List<Climb> rounds) {
        Spread rate = spread(rounds, Climb::perSecond);
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f | %.1f | %.1f | %s |%n",
                step.title(),
                rate.median(),
                rate.min(),
                rate.max(),
                spread(rounds, Climb::redisMicros).median(),
                spread(rounds, Climb::clientMicros).median(),
                step == Step.SOCKET
                        ? String.format(
                                Locale.ROOT,
                                "%.1f",
                                spread(rounds, Climb::gatewayMicros).median())
                        : "–");
    }

    private static Spread spread(List<Climb> rounds, ToDoubleFunction<Climb> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}

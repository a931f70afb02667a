package dev.fanfare.benchmarks.fanout;

import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.peers.Peer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The results as a page of Markdown.
///
/// | component | meaning                                                        |
/// |-----------|----------------------------------------------------------------|
/// | `facts`   | further rows of the head                                       |
/// | `absent`  | servers that were asked for and could not be measured, and why |
record FanoutReport(
        Subject subject, Map<String, String> facts, FanoutOptions options, Map<Peer, String> absent, Turns turns) {

    private static final String QUESTION =
            "What one delivery costs the server's processor, beside other servers in the same run.";

    private static final String COLUMNS = """
            | server | deliveries/s: median | min | max | server, µs of CPU each: median | min | max | of NATS: median | min | max | of the tutorial: median | min | max | Redis, µs each | server, of a core | load, of a core | p50 ms | p99 ms | p99.9 ms | max ms | lost | repeated |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    String markdown() {
        return subject.head("Fan-out", QUESTION, facts)
                + legend()
                + options.cases().stream().map(this::section).collect(Collectors.joining())
                + Subject.reading();
    }

    private static String legend() {
        return """

                "Of NATS" and "of the tutorial" compare the processor time of one delivery within the same round: 0.50
                is half of it; what Redis takes for one is beside them. Latency counts from the moment at which a
                message should have been sent; with a fixed number in flight the sender waits for the server, so only
                the case at half of the highest rate says something about latency. Percentiles are medians over the
                rounds, the maximum is that of all.
                """;
    }

    private String section(Case situation) {
        String rows = options.peers().stream().map(peer -> row(situation, peer)).collect(Collectors.joining());
        return "\n## " + situation.title() + "\n\n" + COLUMNS + rows;
    }

    private String row(Case situation, Peer peer) {
        List<Turn.Measured> measured = turns.measured(situation, peer);
        Optional<String> failure = turns.failure(situation, peer);
        if (measured.isEmpty()) {
            String why = absent.containsKey(peer)
                    ? "absent: " + absent.get(peer)
                    : "failed: " + failure.orElse("not measured");
            return "| " + peer.title() + " | " + oneLine(why) + " |\n";
        }
        String name = peer.title()
                + failure.map(why ->
                                " (of " + turns.rounds() + " rounds " + measured.size() + "; " + oneLine(why) + ")")
                        .orElse("");
        return "| " + name + cells(situation, peer, measured) + " |\n";
    }

    private String cells(Case situation, Peer peer, List<Turn.Measured> measured) {
        List<Outcome> outcomes = measured.stream().map(Turn.Measured::outcome).toList();
        return spread("%,.0f", of(outcomes, Outcome::deliveriesPerSecond))
                + spread("%.2f", of(outcomes, Outcome::serverMicrosEach))
                + ratio(situation, peer, Peer.NATS)
                + ratio(situation, peer, Peer.TUTORIAL)
                + cell("%.2f", of(measured, Turn.Measured::redisMicrosEach).median())
                + cell("%.0f %%", of(outcomes, Outcome::serverShare).median() * 100)
                + cell("%.0f %%", of(outcomes, Outcome::loadShare).median() * 100)
                + cell("%.2f", of(outcomes, outcome -> outcome.latency().p50()).median())
                + cell("%.2f", of(outcomes, outcome -> outcome.latency().p99()).median())
                + cell("%.2f", of(outcomes, outcome -> outcome.latency().p999()).median())
                + cell("%.2f", of(outcomes, outcome -> outcome.latency().max()).max())
                + cell("%,.0f", outcomes.stream().mapToDouble(Outcome::lost).sum())
                + cell("%,.0f", outcomes.stream().mapToDouble(Outcome::repeated).sum());
    }

    private String ratio(Case situation, Peer peer, Peer other) {
        return turns.ratio(situation, peer, other, Outcome::serverMicrosEach)
                .map(ratio -> spread("%.2f", ratio))
                .orElse(" | – | – | –");
    }

    private static <T> Spread of(List<T> rounds, ToDoubleFunction<T> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    private static String spread(String format, Spread spread) {
        return cell(format, spread.median()) + cell(format, spread.min()) + cell(format, spread.max());
    }

    private static String cell(String format, double value) {
        return " | " + String.format(Locale.ROOT, format, value);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").replace("|", "/").strip();
    }
}

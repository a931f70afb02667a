package dev.fanfare.benchmarks.publish;

import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The results as a page of Markdown.
///
/// | component     | meaning                                                              |
/// |---------------|----------------------------------------------------------------------|
/// | `bareCommand` | what redis-benchmark was started with                                |
/// | `redis`       | name and version of the server                                       |
/// | `rounds`      | the rounds of every side, the bare script first                      |
record PublishReport(
        Subject subject, String bareCommand, String redis, PublishOptions options, Map<Side, List<Round>> rounds) {

    private static final String QUESTION =
            "How much of the rate of the bare `publish.lua`, driven by `redis-benchmark`, our publisher reaches.";

    String markdown() {
        return String.join("\n", head(), table(), everyRound());
    }

    private String head() {
        return subject.head("Publishing", QUESTION, facts()) + """

                `redis-benchmark` was started with this, the command being the one that our publisher sends:

                ```
                %s
                ```
                """.formatted(bareCommand);
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", redis);
        facts.put(
                "a turn",
                String.format(
                        Locale.ROOT,
                        "%,d publishes of %d bytes of data, %d on the way, %d kept per channel, Redis emptied before",
                        options.messages(),
                        options.bytes(),
                        options.inFlight(),
                        options.history()));
        facts.put(
                "rounds",
                options.rounds() + ", after " + options.warmUps()
                        + " that do not count; each begins with another side");
        return facts;
    }

    private String table() {
        String rows = rounds.keySet().stream().map(this::row).collect(Collectors.joining());
        return """
                | side | publishes/s: median | min | max | of the bare script: median | min | max | Redis, µs each | client, µs each | Redis, of a core | client, of a core |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
                """ + rows;
    }

    private String row(Side side) {
        Spread rate = spread(side, Round::perSecond);
        Spread ratio = ratio(side);
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %,.0f | %,.0f | %.0f %% | %.0f %% | %.0f %% | %.1f | %.1f | %.0f %% | %.0f %% |\n",
                side.name(),
                rate.median(),
                rate.min(),
                rate.max(),
                ratio.median() * 100,
                ratio.min() * 100,
                ratio.max() * 100,
                spread(side, Round::redisMicrosEach).median(),
                spread(side, Round::clientMicrosEach).median(),
                spread(side, Round::redisShare).median() * 100,
                spread(side, Round::clientShare).median() * 100);
    }

    private String everyRound() {
        String rows = rounds.entrySet().stream()
                .map(entry -> "| " + entry.getKey().name() + " | "
                        + entry.getValue().stream()
                                .map(round -> String.format(Locale.ROOT, "%,.0f", round.perSecond()))
                                .collect(Collectors.joining(" | "))
                        + " |\n")
                .collect(Collectors.joining());
        String numbers = IntStream.rangeClosed(1, options.rounds())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" | "));
        return "| publishes/s in round | " + numbers + " |\n|---|" + "--:|".repeat(options.rounds()) + "\n" + rows;
    }

    private Spread spread(Side side, ToDoubleFunction<Round> figure) {
        return Spread.of(roundsOf(side).stream().mapToDouble(figure).boxed().toList());
    }

    /// `side` compared with the bare script in the same round.
    Spread ratio(Side side) {
        List<Round> bare = rounds.values().iterator().next();
        List<Round> its = roundsOf(side);
        return Spread.of(IntStream.range(0, its.size())
                .mapToObj(i -> its.get(i).perSecond() / bare.get(i).perSecond())
                .toList());
    }

    private List<Round> roundsOf(Side side) {
        return rounds.getOrDefault(side, List.of());
    }
}

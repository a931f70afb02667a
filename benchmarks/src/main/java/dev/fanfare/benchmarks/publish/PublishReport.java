package dev.fanfare.benchmarks.publish;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Spread;
import java.time.LocalDate;
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
/// | `commit`      | what was measured                                                    |
/// | `command`     | how to measure it again                                              |
/// | `bareCommand` | what redis-benchmark was started with                                |
/// | `redis`       | name and version of the server                                       |
/// | `rounds`      | the rounds of every side, the bare script first                      |
record PublishReport(
        LocalDate date,
        String commit,
        String command,
        String bareCommand,
        Machine machine,
        String redis,
        PublishOptions options,
        Map<Side, List<Round>> rounds) {

    String markdown() {
        return String.join("\n", head(), table(), everyRound());
    }

    private String head() {
        return String.format(
                Locale.ROOT,
                """
                # Publishing, %s

                How much of the rate of the bare `publish.lua`, driven by `redis-benchmark`, our publisher reaches.

                | | |
                |---|---|
                | commit | `%s` |
                | command | `%s` |
                | machine | %s, %d cores, %s |
                | load before the start | %s |
                | software | %s · %s |
                | a turn | %,d publishes of %d bytes of data, %d on the way, %d kept per channel, Redis emptied before |
                | rounds | %d, after %d that do not count; each begins with another side |

                `redis-benchmark` was started with this, the command being the one that our publisher sends:

                ```
                %s
                ```
                """,
                date,
                commit,
                command,
                machine.cpu(),
                machine.cores(),
                machine.system(),
                machine.load() < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", machine.load()),
                redis,
                machine.java(),
                options.messages(),
                options.bytes(),
                options.inFlight(),
                options.history(),
                options.rounds(),
                options.warmUps(),
                bareCommand);
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

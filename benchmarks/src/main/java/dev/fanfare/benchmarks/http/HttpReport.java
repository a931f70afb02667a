package dev.fanfare.benchmarks.http;

import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.PublishOutcome;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The results as a page of Markdown.
///
/// | component | meaning                                                        |
/// |-----------|----------------------------------------------------------------|
/// | `facts`   | further rows of the head                                       |
/// | `titles`  | rows of the table, the bare class among them                   |
/// | `absent`  | servers that were asked for and could not be measured, and why |
/// | `rounds`  | at least one                                                   |
record HttpReport(
        Subject subject,
        Map<String, String> facts,
        List<String> titles,
        Map<String, String> absent,
        List<Round> rounds) {

    private static final String QUESTION =
            "What a publish over HTTP costs, beside the bare publisher class in the same run.";

    private static final String COLUMNS = """

            | | publishes/s: median | min | max | of the bare class: median | min | max | server, µs of CPU each: median | min | max | server, of a core | load, of a core | p50 ms | p99 ms |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    String markdown() {
        return subject.head("Publishing over HTTP", QUESTION, facts)
                + COLUMNS
                + titles.stream().map(this::row).collect(Collectors.joining())
                + absent.entrySet().stream()
                        .map(each -> "| " + each.getKey() + " | absent: "
                                + each.getValue().lines().findFirst().orElse("") + " |\n")
                        .collect(Collectors.joining())
                + "\n\"Of the bare class\" compares rates within the same round. Percentiles are medians over the rounds.\n"
                + Subject.reading();
    }

    private String row(String title) {
        return "| " + title
                + spread("%,.0f", of(title, PublishOutcome::perSecond))
                + spread("%.2f", shareOfBare(title))
                + spread("%.1f", of(title, PublishOutcome::serverMicrosEach))
                + cell("%.0f %%", of(title, PublishOutcome::serverShare).median() * 100)
                + cell("%.0f %%", of(title, PublishOutcome::loadShare).median() * 100)
                + cell("%.2f", of(title, outcome -> outcome.latency().p50()).median())
                + cell("%.2f", of(title, outcome -> outcome.latency().p99()).median())
                + " |\n";
    }

    /// Of the rate of the bare class, over the rounds.
    Spread shareOfBare(String title) {
        return Spread.of(rounds.stream().map(round -> round.shareOfBare(title)).toList());
    }

    private Spread of(String title, ToDoubleFunction<PublishOutcome> figure) {
        return Spread.of(rounds.stream()
                .map(round -> figure.applyAsDouble(round.of(title)))
                .toList());
    }

    private static String spread(String format, Spread spread) {
        return cell(format, spread.median()) + cell(format, spread.min()) + cell(format, spread.max());
    }

    private static String cell(String format, double value) {
        return " | " + String.format(Locale.ROOT, format, value);
    }
}

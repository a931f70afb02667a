package dev.fanfare.benchmarks.micro;

import dev.fanfare.benchmarks.harness.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The results as a page of Markdown.
///
/// | component | meaning                  |
/// |-----------|--------------------------|
/// | `facts`   | further rows of the head |
/// | `rows`    | the steps, in order      |
record MicroReport(Subject subject, Map<String, String> facts, List<Row> rows) {

    /// One step. Half of the 99.9 % confidence interval is `error`, which is no number when there is a single
    /// measurement; both in nanoseconds a call.
    record Row(String step, double nanos, double error) {}

    private static final String COLUMNS = """

            | step | ns a call | ± |
            |---|--:|--:|
            """;

    String markdown() {
        return subject.head("Single steps", "What single steps on the path of a message cost.", facts)
                + COLUMNS
                + rows.stream()
                        .map(row ->
                                String.format(Locale.ROOT, "| %s | %.1f | %s |%n", row.step(), row.nanos(), error(row)))
                        .collect(Collectors.joining())
                + Subject.reading();
    }

    private static String error(Row row) {
        return Double.isNaN(row.error()) ? "–" : String.format(Locale.ROOT, "%.1f", row.error());
    }
}

package dev.fanfare.benchmarks.http;

import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.http.Soak.Look;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The looks as a page of Markdown.
///
/// @param looks at least one
record SoakReport(Subject subject, Map<String, String> facts, List<Look> looks) {

    private static final double MEGA = 1024.0 * 1024;

    String markdown() {
        String rows = looks.stream()
                .map(look -> String.format(
                        Locale.ROOT,
                        "| %,d | %,.0f | %.2f | %.1f |%n",
                        look.seconds(),
                        look.outcome().perSecond(),
                        look.outcome().latency().p99(),
                        look.residentBytes() / MEGA))
                .collect(Collectors.joining());
        return subject.head("Publishing over HTTP for minutes", "Whether the server's memory grows.", facts)
                + "\n| s | publishes/s | p99 ms | resident, MB |\n|--:|--:|--:|--:|\n"
                + rows
                + "\n"
                + verdict()
                + "\n"
                + Subject.reading();
    }

    /// One line on what was found.
    String verdict() {
        return String.format(
                Locale.ROOT,
                "%,d publishes. Resident: %.1f MB at first, %.1f MB at last, %.1f MB at most.",
                looks.stream().mapToLong(look -> look.outcome().published()).sum(),
                looks.getFirst().residentBytes() / MEGA,
                looks.getLast().residentBytes() / MEGA,
                looks.stream().mapToLong(Look::residentBytes).max().orElseThrow() / MEGA);
    }
}

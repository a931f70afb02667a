package dev.fanfare.benchmarks.churn;

import dev.fanfare.benchmarks.harness.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The results as a page of Markdown; the first look is from before the first client, the last from 10 s after
/// the last.
record ChurnReport(Subject subject, Map<String, String> facts, List<Look> looks) {

    private static final double MEGA = 1024.0 * 1024;

    /// Most rows in the table.
    private static final int ROWS = 20;

    private static final String COLUMNS = """

            | after, s | came | got their message | there | p50 ms | p99 ms | failed | resident, MB | names at Redis |
            |--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    String markdown() {
        int step = Math.max(1, looks.size() / ROWS);
        String rows = IntStream.range(0, looks.size())
                .filter(i -> i % step == 0 || i == looks.size() - 1)
                .mapToObj(i -> row(looks.get(i)))
                .collect(Collectors.joining());
        return subject.head("Churn", "Whether everything is given back by clients that come and go.", facts)
                + COLUMNS
                + rows
                + "\nLatency is from the moment at which a client should have come to its message.\n\n"
                + verdict()
                + "\n"
                + Subject.reading();
    }

    private static String row(Look look) {
        return String.format(
                Locale.ROOT,
                "| %d | %,d | %,d | %,d | %.2f | %.2f | %,d | %.1f | %,d |%n",
                look.at().toSeconds(),
                look.visits().started(),
                look.visits().done(),
                look.visits().underWay(),
                look.visits().latency().p50(),
                look.visits().latency().p99(),
                look.visits().failed(),
                look.resident() / MEGA,
                look.interest());
    }

    /// One line on what was found.
    String verdict() {
        Look first = looks.getFirst();
        Look last = looks.getLast();
        // A virtual machine takes its memory in the first minutes; what counts is whether it goes on.
        Look warm = looks.get(looks.size() / 4);
        return String.format(
                Locale.ROOT,
                "Names at Redis: %d before, %d after. Resident: %.1f MB before, %.1f MB after a quarter of the time, %.1f MB"
                        + " at the end. Failed visits: %d of %,d%s.",
                first.interest(),
                last.interest(),
                first.resident() / MEGA,
                warm.resident() / MEGA,
                last.resident() / MEGA,
                last.visits().failed(),
                last.visits().started(),
                last.visits().faults().isEmpty() ? "" : " " + last.visits().faults());
    }

    /// Whether nothing was left behind and nobody was left out.
    boolean isClean() {
        return looks.getLast().interest() == looks.getFirst().interest()
                && looks.getLast().visits().failed() == 0;
    }
}

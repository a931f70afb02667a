package dev.fanfare.benchmarks.churn;

import dev.fanfare.benchmarks.harness.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The results as a page of Markdown; the first look is from before the first client but after the warm-up, the last
/// from 10 s after the last client.
record ChurnReport(Subject subject, Map<String, String> facts, List<Look> looks) {

    private static final double MEGA = 1024.0 * 1024;

    /// What the heap may hold more at the end, 4 MB: 14 bytes for each client of a full run. Caches fill, tables grow.
    private static final long HEAP_TOLERANCE = 4L << 20;

    private static final int GROWN_CLASSES = 5;

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

    /// What was found, in a few lines.
    String verdict() {
        Look first = looks.getFirst();
        Look last = looks.getLast();
        // A virtual machine takes its memory in the first minutes; what counts is whether it goes on.
        Look warm = looks.get(looks.size() / 4);
        return String.format(
                Locale.ROOT,
                "Names at Redis: %d before, %d after. Resident: %.1f MB before, %.1f MB after a quarter of the time, %.1f MB"
                        + " at the end. Failed visits: %d of %,d%s.%s",
                first.interest(),
                last.interest(),
                first.resident() / MEGA,
                warm.resident() / MEGA,
                last.resident() / MEGA,
                last.visits().failed(),
                last.visits().started(),
                last.visits().faults().isEmpty() ? "" : " " + last.visits().faults(),
                growth().map(bytes -> heap(first, last, bytes)).orElse(""));
    }

    private static String heap(Look first, Look last, long grownBytes) {
        return String.format(
                Locale.ROOT,
                "%n%nHeap after a full collection: %.2f MB before, %.2f MB at the end, %.1f bytes more for each client. Most"
                        + " were added of: %s.",
                first.heap().orElseThrow().bytes() / MEGA,
                last.heap().orElseThrow().bytes() / MEGA,
                (double) grownBytes / Math.max(1, last.visits().started()),
                last.heap().orElseThrow().grown(first.heap().orElseThrow(), GROWN_CLASSES));
    }

    /// Bytes that the heap holds more at the end; empty for a native executable.
    private Optional<Long> growth() {
        return looks.getFirst()
                .heap()
                .flatMap(before -> looks.getLast().heap().map(after -> after.bytes() - before.bytes()));
    }

    /// Whether nothing was left behind and nobody was left out.
    boolean isClean() {
        return looks.getLast().interest() == looks.getFirst().interest()
                && looks.getLast().visits().failed() == 0
                && growth().orElse(0L) <= HEAP_TOLERANCE;
    }
}

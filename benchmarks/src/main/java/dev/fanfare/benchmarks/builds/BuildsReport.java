package dev.fanfare.benchmarks.builds;

import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.peers.OwnBuild;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The results as a page of Markdown.
///
/// | component | meaning                                |
/// |-----------|----------------------------------------|
/// | `facts`   | further rows of the head               |
/// | `absent`  | builds that are not there, and why     |
record BuildsReport(
        Subject subject, Map<String, String> facts, Map<OwnBuild, Figures> figures, Map<OwnBuild, String> absent) {

    private static final double MEGA = 1024.0 * 1024;

    private static final String COLUMNS = """

            | build | size, MB | ready after, ms: median | min | max | resident idle, MB | at work, MB | at work |
            |---|--:|--:|--:|--:|--:|--:|---|
            """;

    private static final String LEGEND = """

            Size is that of the executable, or of the jars, to which comes a JVM. "Ready" is the first 200 of the readiness check
            after exec, with Redis connected. "At work" is at the end of the load: for a gateway 1,000 subscribers of one channel,
            with 16 messages of 128 bytes in flight, then 1, then 25 messages a second, from which p99 is; for a publisher 64
            callers that publish 256 bytes each and wait; for telemetry-ingest a source that is asked each second.
            """;

    String markdown() {
        return subject.head("Native executables and the JVM", "What each form of each service costs.", facts)
                + COLUMNS
                + figures.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining())
                + absent.entrySet().stream()
                        .map(entry -> "| " + entry.getKey().title() + " | not measured: " + entry.getValue() + " |\n")
                        .collect(Collectors.joining())
                + LEGEND
                + Subject.reading();
    }

    private static String row(OwnBuild build, Figures its) {
        Spread ready = its.readyMillis();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %s |%n",
                build.title(),
                its.bytes() / MEGA,
                ready.median(),
                ready.min(),
                ready.max(),
                its.idleBytes() / MEGA,
                its.workBytes() / MEGA,
                work(its.work()));
    }

    private static String work(Work work) {
        return switch (work) {
            case Work.Fanout(var busy, var alone, var steady) ->
                String.format(
                        Locale.ROOT,
                        "%.2f µs a delivery, %.2f µs one by one, p99 %.1f ms",
                        busy.serverMicrosEach(),
                        alone.serverMicrosEach(),
                        steady.latency().p99());
            case Work.Publishing(var outcome) ->
                String.format(
                        Locale.ROOT,
                        "%,.0f publishes/s, %.0f µs each, p99 %.1f ms",
                        outcome.perSecond(),
                        outcome.serverMicrosEach(),
                        outcome.latency().p99());
            case Work.Polling(int times) -> String.format(Locale.ROOT, "asked %d times", times);
        };
    }
}

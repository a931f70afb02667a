package dev.fanfare.benchmarks.moves;

import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Journey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The results as a page of Markdown.
///
/// @param facts further rows of the head
record ScaleUpReport(Subject subject, Map<String, String> facts, int clients, List<Growth> growths) {

    /// How soon the clients have to be spread.
    private static final Duration TARGET = Duration.ofMinutes(3);

    /// What two full gateways ask per second together, as a part of all clients: the default of each.
    private static final double PACE = 0.02;

    private static final int SECONDS_BETWEEN_ROWS = 10;

    private static final String COLUMNS = """

            | balancer | even after, s | at the end | asked | came anew | most in a second | lost | repeated | cut | p50 ms | p99 ms | max ms |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    String markdown() {
        return subject.head("Scale-up", "How soon gateways that are added have their share of the clients.", facts)
                + COLUMNS
                + growths.stream().map(ScaleUpReport::row).collect(Collectors.joining())
                + legend()
                + growths.stream().map(this::verdict).collect(Collectors.joining("\n"))
                + "\n"
                + growths.stream().map(ScaleUpReport::course).collect(Collectors.joining())
                + Subject.reading();
    }

    private String legend() {
        return String.format(Locale.ROOT, """

                *Even after* is from the start of the third gateway, whose virtual machine has to start, to the moment from which on no
                gateway had more than %.2f times the mean; *at the end* is that multiple when nobody had moved for 16 s. Of the
                clients, two gateways that have all of them ask 2 %% a second: %.0f. Latency is from the moment at which a message should
                have been sent until a client had it, over whatever connections.

                """, Growth.TARGET, PACE * clients);
    }

    private static String row(Growth growth) {
        Journey journey = growth.journey();
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %.2f | %,d | %,d | %,d | %d | %d | %,d | %.1f | %.1f | %.0f |%n",
                growth.balance(),
                growth.evenAfter().map(Duration::toSeconds).map(String::valueOf).orElse("never"),
                growth.looks().getLast().unevenness(),
                journey.asked(),
                journey.arrivals().size(),
                journey.mostInASecond(),
                journey.lost(),
                journey.repeated(),
                journey.cut(),
                journey.latency().p50(),
                journey.latency().p99(),
                journey.latency().max());
    }

    /// What was found, beside the target.
    String verdict(Growth growth) {
        boolean isMet =
                growth.evenAfter().filter(after -> after.compareTo(TARGET) <= 0).isPresent();
        return String.format(
                Locale.ROOT,
                "`%s`: at most %.2f times the mean within %d s: %s; lost %d, repeated %d.",
                growth.balance(),
                Growth.TARGET,
                TARGET.toSeconds(),
                isMet ? "met" : "missed",
                growth.journey().lost(),
                growth.journey().repeated());
    }

    private static String course(Growth growth) {
        var rows = new StringBuilder();
        long next = 0;
        for (Look look : growth.looks()) {
            if (look.at().toSeconds() >= next || look.equals(growth.looks().getLast())) {
                next = look.at().toSeconds() + SECONDS_BETWEEN_ROWS;
                rows.append(String.format(
                        Locale.ROOT,
                        "| %d | %s | %.2f | %,d |%n",
                        look.at().toSeconds(),
                        look.connections().stream().map(String::valueOf).collect(Collectors.joining(" · ")),
                        look.unevenness(),
                        look.moves()));
            }
        }
        return "\n`" + growth.balance() + "`:\n\n| s | connections | of the mean | came anew |\n|--:|---|--:|--:|\n"
                + rows;
    }
}

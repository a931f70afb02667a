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
/// @param pace clients per second that a gateway with its share of them sends away
record RollingReport(Subject subject, Map<String, String> facts, double pace, List<Phase> phases) {

    /// What the drain's defaults leave for the turns of the clients: 45 s less 5 s, 5 s and 3 s.
    static final Duration SPREAD = Duration.ofSeconds(32);

    /// Highest p99 of the deliveries while a gateway is replaced, in milliseconds.
    private static final double TARGET_MILLIS = 1_000;

    /// How much more than the pace a single second may have: what is late comes with what is not.
    private static final double LATE = 1.25;

    private static final String REPLACED = "replaced";

    private static final String COLUMNS = """

            | phase | seconds | deliveries | lost | repeated | told of a loss | asked | came anew | most in a second | over, s | cut | refused | p50 ms | p99 ms | p99.9 ms | max ms |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    String markdown() {
        return subject.head(
                        "Rolling restart", "What clients notice when gateways are replaced, or one is killed.", facts)
                + COLUMNS
                + phases.stream().map(RollingReport::row).collect(Collectors.joining())
                + legend()
                + verdict()
                + "\n"
                + Subject.reading();
    }

    private String legend() {
        return String.format(Locale.ROOT, """

                *Came anew* are clients that connected again, *over* the seconds in which 98 %% of them did, *cut* connections that ended
                before their client had another one, *refused* attempts that failed. Latency is from the moment at which a message
                should have been sent until a client had it, over whatever connections. A gateway has %d s for the turns of its clients: %.0f a
                second with its share of them.

                """, SPREAD.toSeconds(), pace);
    }

    private static String row(Phase phase) {
        Journey journey = phase.journey();
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %,d | %d | %d | %d | %,d | %,d | %,d | %.1f | %,d | %,d | %.1f | %.1f | %.1f | %.0f |%n",
                phase.name(),
                journey.seconds(),
                journey.delivered(),
                journey.lost(),
                journey.repeated(),
                journey.told(),
                journey.asked(),
                journey.arrivals().size(),
                journey.mostInASecond(),
                journey.spreadSeconds(),
                journey.cut(),
                journey.refused(),
                journey.latency().p50(),
                journey.latency().p99(),
                journey.latency().p999(),
                journey.latency().max());
    }

    /// What was found, beside the targets.
    String verdict() {
        List<Journey> all = phases.stream().map(Phase::journey).toList();
        List<Journey> replaced = phases.stream()
                .filter(phase -> phase.name().endsWith(REPLACED))
                .map(Phase::journey)
                .toList();
        double p99 = replaced.stream()
                .mapToDouble(journey -> journey.latency().p99())
                .max()
                .orElse(0);
        int most = replaced.stream().mapToInt(Journey::mostInASecond).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "Lost %d, repeated %d, told %d, in all phases: %s. While a gateway was replaced: p99 %.0f ms, target %.0f ms: %s;"
                        + " at most %d clients came within a second, pace %.0f: %s.",
                all.stream().mapToLong(Journey::lost).sum(),
                all.stream().mapToLong(Journey::repeated).sum(),
                all.stream().mapToLong(Journey::told).sum(),
                said(all.stream().allMatch(Journey::isWhole)),
                p99,
                TARGET_MILLIS,
                said(p99 <= TARGET_MILLIS),
                most,
                pace,
                said(most <= Math.max(pace * LATE, pace + 2)));
    }

    private static String said(boolean isMet) {
        return isMet ? "met" : "missed";
    }
}

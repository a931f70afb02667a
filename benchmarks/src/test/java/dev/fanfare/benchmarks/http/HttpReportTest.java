package dev.fanfare.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Percentiles;
import dev.fanfare.benchmarks.load.PublishOutcome;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpReportTest {

    private static final long MEGA = 1 << 20;
    private static final Subject SUBJECT = new Subject(
            LocalDate.EPOCH,
            "c0ffee",
            "./dev bench http",
            new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network"));

    @Test
    void rates_areComparedWithinTheirRound() {
        // Given: both sides are twice as fast in the second round
        HttpReport report = report(round(500, 1_000), round(1_000, 2_000), round(1_800, 2_000));

        // Then
        assertThat(report.shareOfBare("ours")).isEqualTo(new Spread(0.5, 0.5, 0.9));
        assertThat(report.markdown())
                .contains("| ours | 1,000 | 500 | 1,800 | 0.50 | 0.50 | 0.90 |")
                .contains("| " + BareSide.TITLE + " | 2,000 | 1,000 | 2,000 | 1.00 | 1.00 | 1.00 |")
                .contains("| away | absent: not built |\n");
    }

    @Test
    void processorTime_isToldPerPublishAndAsAShareOfACore() {
        // Given: 1,000 publishes of 250 µs each in a second
        HttpReport report = report(round(1_000, 1_000));

        // Then
        assertThat(report.markdown()).contains("| 250.0 | 250.0 | 250.0 | 25 % | 50 % | 1.00 | 3.00 |\n");
    }

    @Test
    void sideWithoutAMeasurement_isNotReportedAsNought() {
        assertThatThrownBy(() -> round(1, 1).of("another")).hasMessageContaining("another was not measured");
    }

    @Test
    void answerOfTheBareProcess_isReadAsItPrintsIt() {
        assertThat(BareSide.outcome(
                        "1000 2000000000 0.250 1.500 2.000 9.125", Duration.ofMillis(40), Duration.ofMillis(20)))
                .isEqualTo(new PublishOutcome(
                        1_000,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(40),
                        Duration.ofMillis(20),
                        new Percentiles(0.25, 1.5, 2, 9.125)));
    }

    @Test
    void soak_tellsFirstLastAndMostMemory() {
        // Given
        var report = new SoakReport(SUBJECT, Map.of(), List.of(look(10, 100), look(20, 140), look(30, 120)));

        // Then
        assertThat(report.verdict())
                .isEqualTo("3,000 publishes. Resident: 100.0 MB at first, 120.0 MB at last, 140.0 MB at most.");
        assertThat(report.markdown()).contains("| 20 | 1,000 | 3.00 | 140.0 |\n");
    }

    private static Soak.Look look(long seconds, long megabytes) {
        return new Soak.Look(seconds, outcome(1_000), megabytes * MEGA);
    }

    private static HttpReport report(Round... rounds) {
        return new HttpReport(
                SUBJECT, Map.of(), List.of("ours", BareSide.TITLE), Map.of("away", "not built"), List.of(rounds));
    }

    private static Round round(long ours, long bare) {
        return new Round(Map.of("ours", outcome(ours), BareSide.TITLE, outcome(bare)));
    }

    private static PublishOutcome outcome(long published) {
        return new PublishOutcome(
                published,
                Duration.ofSeconds(1),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                new Percentiles(1, 3, 4, 5));
    }
}

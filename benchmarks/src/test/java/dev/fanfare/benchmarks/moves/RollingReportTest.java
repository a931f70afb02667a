package dev.fanfare.benchmarks.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Journey;
import dev.fanfare.benchmarks.load.Percentiles;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RollingReportTest {

    private static final double PACE = 80;

    private static Phase phase(String name, int lost, int inASecond, double p99) {
        List<Long> arrivals = LongStream.range(0, inASecond).boxed().toList();
        return new Phase(
                name, new Journey(60, 300_000, lost, 0, 0, 2500, 7, 9, arrivals, new Percentiles(5, p99, 70, 90)));
    }

    private static RollingReport report(Phase... phases) {
        var subject = new Subject(
                LocalDate.of(2026, 11, 29),
                "abc",
                "./dev bench rolling",
                new Machine("cpu", 2, "Linux", "25", 0.1, "a network"));
        return new RollingReport(subject, Map.of(), PACE, List.copyOf(Arrays.asList(phases)));
    }

    @Test
    void everythingAsPromised_isMet() {
        // Given
        RollingReport report = report(phase("steady", 0, 0, 10), phase("gateway 1 replaced", 0, 85, 900));

        // Then
        assertThat(report.verdict())
                .contains("all phases: met", "p99 900 ms, target 1000 ms: met", "at most 85 clients", "pace 80: met");
        assertThat(report.markdown())
                .contains(
                        "| gateway 1 replaced | 60 | 300,000 | 0 | 0 | 0 | 2,500 | 85 | 85 | 0.0 | 7 | 9 | 5.0 | 900.0 | 70.0 | 90 |\n");
    }

    @Test
    void lossInAnyPhase_isMissed() {
        assertThat(report(phase("gateway killed", 1, 0, 10)).verdict()).contains("Lost 1,", "all phases: missed");
    }

    @Test
    void lateOrSteepReplacement_isMissed_butNotACrash() {
        // Given
        RollingReport report = report(phase("gateway 2 replaced", 0, 101, 1001), phase("gateway killed", 0, 999, 5000));

        // Then
        assertThat(report.verdict())
                .contains("p99 1001 ms, target 1000 ms: missed", "at most 101 clients", "pace 80: missed");
    }
}

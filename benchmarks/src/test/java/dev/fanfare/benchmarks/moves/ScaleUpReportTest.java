package dev.fanfare.benchmarks.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Journey;
import dev.fanfare.benchmarks.load.Percentiles;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScaleUpReportTest {

    private static final Journey JOURNEY =
            new Journey(60, 1000, 0, 0, 0, 9, 0, 0, List.of(1L, 2L, 3L), new Percentiles(1, 2, 3, 4));

    private static Look look(int seconds, Integer... connections) {
        return new Look(Duration.ofSeconds(seconds), List.of(connections), seconds);
    }

    private static ScaleUpReport report(Look... looks) {
        var subject = new Subject(
                LocalDate.of(2026, 11, 29),
                "abc",
                "./dev bench scaleup",
                new Machine("cpu", 2, "Linux", "25", 0.1, "a network"));
        return new ScaleUpReport(subject, Map.of(), 400, List.of(new Growth("leastconn", List.of(looks), JOURNEY)));
    }

    @Test
    void unevenness_isOfTheFullestGateway() {
        assertThat(look(0, 150, 150, 50, 50).unevenness()).isEqualTo(1.5);
    }

    @Test
    void even_isFromWhenOnItStaysSo() {
        // Given
        ScaleUpReport report = report(
                look(2, 200, 200, 0, 0),
                look(20, 110, 110, 90, 90),
                look(22, 120, 100, 90, 90),
                look(30, 115, 95, 95, 95));

        // When, Then
        assertThat(report.growths().getFirst().evenAfter()).contains(Duration.ofSeconds(30));
        assertThat(report.markdown())
                .contains("| `leastconn` | 30 | 1.15 | 9 | 3 | 3 | 0 | 0 | 0 | 1.0 | 2.0 | 4 |\n")
                .contains("within 180 s: met")
                .contains("| 20 | 110 · 110 · 90 · 90 | 1.10 | 20 |\n");
    }

    @Test
    void evenTooLateOrNever_isMissed() {
        assertThat(report(look(2, 200, 200, 0, 0), look(182, 100, 100, 100, 100))
                        .markdown())
                .contains("within 180 s: missed");
        assertThat(report(look(2, 200, 200, 0, 0)).markdown()).contains("| `leastconn` | never | 2.00 |");
    }
}

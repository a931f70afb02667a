package dev.fanfare.benchmarks.churn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.LiveHeap;
import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Percentiles;
import dev.fanfare.benchmarks.load.Visits;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChurnReportTest {

    private static final long MEGA = 1 << 20;

    @Test
    void interestThatIsGivenBack_isClean() {
        // Given
        ChurnReport report = report(look(0, 0, 0, Map.of()), look(10, 40, 100, Map.of()), look(20, 0, 200, Map.of()));

        // Then
        assertThat(report.isClean()).isTrue();
        assertThat(report.markdown())
                .contains("| 20 | 200 | 200 | 0 | 1.00 | 2.00 | 0 | 120.0 | 0 |\n")
                .contains("Names at Redis: 0 before, 0 after.");
    }

    @Test
    void interestThatIsLeftBehind_isNotClean() {
        assertThat(report(look(0, 0, 0, Map.of()), look(20, 1, 200, Map.of())).isClean())
                .isFalse();
    }

    @Test
    void objectsThatAreLeftBehind_areNotCleanAndNamed() {
        // Given
        Look first = withHeap(look(0, 0, 0, Map.of()), 40 * MEGA, 10);
        Look last = withHeap(look(20, 0, 100_000, Map.of()), 50 * MEGA, 100_010);

        // When
        ChurnReport report = report(first, last);

        // Then
        assertThat(report.isClean()).isFalse();
        assertThat(report.verdict())
                .contains("Heap after a full collection: 40.00 MB before, 50.00 MB at the end")
                .contains("104.9 bytes more for each client", "100,000 × `Connection`");
    }

    @Test
    void heapThatGrewALittle_isClean() {
        // Given
        Look first = withHeap(look(0, 0, 0, Map.of()), 40 * MEGA, 10);
        Look last = withHeap(look(20, 0, 100_000, Map.of()), 44 * MEGA, 10);

        // Then
        assertThat(report(first, last).isClean()).isTrue();
    }

    @Test
    void visitWithoutAMessage_isNotCleanAndSaysWhy() {
        // Given
        ChurnReport report = report(look(0, 0, 0, Map.of()), look(20, 0, 200, Map.of("it hung up", 3L)));

        // Then
        assertThat(report.isClean()).isFalse();
        assertThat(report.verdict()).contains("Failed visits: 3 of 200", "it hung up");
    }

    @Test
    void longRun_hasAShortTableThatEndsWithTheLastLook() {
        // Given
        var looks = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> look(i, 0, i, Map.of()))
                .toArray(Look[]::new);

        // When
        String page = report(looks).markdown();

        // Then
        assertThat(page.lines().filter(line -> line.matches("\\| \\d.*"))).hasSizeBetween(10, 25);
        assertThat(page).contains("| 99 | 99 |");
    }

    private static ChurnReport report(Look... looks) {
        var machine = new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network");
        var subject = new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench churn", machine);
        return new ChurnReport(subject, Map.of(), List.of(looks));
    }

    private static Look look(int seconds, int interest, long visits, Map<String, Long> faults) {
        var state = new Visits.State(visits, visits, 0, new Percentiles(1, 2, 3, 4), faults);
        return new Look(Duration.ofSeconds(seconds), state, 120 * MEGA, interest, Optional.empty());
    }

    private static Look withHeap(Look look, long bytes, long connections) {
        var heap = new LiveHeap(bytes, Map.of("Connection", connections));
        return new Look(look.at(), look.visits(), look.resident(), look.interest(), Optional.of(heap));
    }
}

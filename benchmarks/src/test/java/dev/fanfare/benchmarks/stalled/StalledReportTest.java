package dev.fanfare.benchmarks.stalled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.load.Percentiles;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StalledReportTest {

    private static final long MEGA = 1 << 20;

    @Test
    void rounds_areToldWithTheMediansOfTheirP99() {
        // Given
        StalledReport report = report(pair(1, 3, 100), pair(2, 2, 100), pair(9, 5, 100));

        // Then
        assertThat(report.isClean()).isTrue();
        assertThat(report.verdict()).contains("2.00 ms alone, 3.00 ms beside");
        assertThat(report.markdown())
                .contains("| 3 | 0.50 | 9.00 | 10.00 | 0.50 | 5.00 | 10.00 | 200.0 | 7 | 0 | 0 | 120.0 |\n");
    }

    @Test
    void readerThatMissedSomething_isNotClean() {
        assertThat(report(pair(1, 1, 100), pair(1, 1, 99)).isClean()).isFalse();
    }

    private static StalledReport report(Pair... pairs) {
        var machine = new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network");
        var subject = new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench stalled", machine);
        return new StalledReport(subject, Map.of(), 100 * MEGA, List.of(pairs));
    }

    private static Pair pair(double p99Alone, double p99Beside, long delivered) {
        return new Pair(outcome(p99Alone, 100), outcome(p99Beside, delivered), 200 * MEGA, 7, 120 * MEGA);
    }

    private static Outcome outcome(double p99, long delivered) {
        var second = Duration.ofSeconds(1);
        return new Outcome(10, 100, delivered, 0, second, second, second, new Percentiles(0.5, p99, 10, 11));
    }
}

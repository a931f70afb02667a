package dev.fanfare.benchmarks.revoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RevokeReportTest {

    @Test
    void rounds_areToldWithTheirLastClose() {
        // Given
        RevokeReport report = report(round(300, 2), round(700, 2), round(999, 2));

        // Then
        assertThat(report.verdict()).contains("700 ms after", "999 ms in the slowest", "is met");
        assertThat(report.markdown()).contains("| 2 | 4.0 | 350 | 693 | 700 | 2 of 2 |\n");
    }

    @Test
    void closeAfterASecond_orATokenThatIsTaken_missesTheTarget() {
        assertThat(report(round(300, 2), round(1001, 2)).verdict()).contains("is missed");
        assertThat(report(round(300, 1)).verdict()).contains("is missed");
    }

    private static Revoked round(double last, int refused) {
        List<Double> closes = DoubleStream.iterate(last, at -> at - last / 100)
                .limit(100)
                .boxed()
                .toList();
        return new Revoked(4, closes, refused, 2);
    }

    private static RevokeReport report(Revoked... rounds) {
        var machine = new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network");
        var subject = new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench revoke", machine);
        return new RevokeReport(subject, Map.of(), List.of(rounds));
    }
}

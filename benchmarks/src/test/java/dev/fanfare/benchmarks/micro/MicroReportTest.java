package dev.fanfare.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicroReportTest {

    @Test
    void page_saysWhatACallCosts() {
        // Given
        var machine = new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network");
        var subject = new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench micro", machine);

        // When
        var rows = List.of(new MicroReport.Row("a.step", 12.34, 0.56), new MicroReport.Row("b.step", 1, Double.NaN));
        String page = new MicroReport(subject, Map.of(), rows).markdown();

        // Then
        assertThat(page).contains("| a.step | 12.3 | 0.6 |\n", "| b.step | 1.0 | – |\n", "`./dev bench micro`");
    }
}

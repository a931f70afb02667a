package dev.fanfare.benchmarks.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LadderReportTest {

    @Test
    void page_saysWhatAMessageCostsAtEachStep() {
        // Given
        Map<Step, List<Climb>> climbs = new LinkedHashMap<>();
        climbs.put(Step.PLAIN, List.of(climb(1_000, 0), climb(3_000, 0)));
        climbs.put(Step.SOCKET, List.of(climb(1_000, 7)));
        var machine = new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network");
        var subject = new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench ladder", machine);

        // When
        String page = new LadderReport(subject, Map.of(), climbs).markdown();

        // Then
        assertThat(page)
                .contains("| " + Step.PLAIN.title() + " | 2,000 | 1,000 | 3,000 | 2.0 | 3.0 | – |\n")
                .contains("| " + Step.SOCKET.title() + " | 1,000 | 1,000 | 1,000 | 2.0 | 3.0 | 7.0 |\n");
    }

    private static Climb climb(int perSecond, int gatewayMicros) {
        return new Climb(
                perSecond,
                Duration.ofSeconds(1),
                Duration.ofNanos(perSecond * 2_000L),
                Duration.ofNanos(perSecond * 3_000L),
                Duration.ofNanos(1_000L * perSecond * gatewayMicros));
    }
}

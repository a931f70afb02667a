package dev.fanfare.benchmarks.idle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.KernelMemory;
import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.peers.Peer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdleReportTest {

    private static final long MEGA = 1 << 20;

    @Test
    void page_saysWhatEachConnectionCosts() {
        // Given
        var idle = new Idle(
                1024,
                100 * MEGA,
                112 * MEGA,
                new KernelMemory(0, 0),
                new KernelMemory(MEGA, 4 * MEGA),
                Duration.ofMillis(600),
                Duration.ofSeconds(3),
                Duration.ofMinutes(1));
        var machine = new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network");
        var subject = new Subject(LocalDate.EPOCH, "c0ffee", "./dev bench idle", machine);

        // When
        String page =
                new IdleReport(subject, Map.of(), Map.of(Peer.NATS, idle), Map.of(Peer.NCHAN, "not there")).markdown();

        // Then
        assertThat(page)
                .contains("| NATS WebSocket | 100.0 | 112.0 | 12.0 | 1.0 | 4.0 | 1.0 % | 5.0 % | 4.0 % |\n")
                .contains("| Nchan (nginx) | not measured: not there |\n");
    }
}

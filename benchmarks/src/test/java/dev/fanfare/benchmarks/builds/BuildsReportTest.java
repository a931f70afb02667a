package dev.fanfare.benchmarks.builds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.benchmarks.harness.Machine;
import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.load.Percentiles;
import dev.fanfare.benchmarks.load.PublishOutcome;
import dev.fanfare.benchmarks.peers.OwnBuild;
import dev.fanfare.benchmarks.peers.OwnBuild.Service;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildsReportTest {

    private static final long MEGA = 1024 * 1024;
    private static final Percentiles LATENCY = new Percentiles(1, 2.5, 3, 4);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void everyKindOfWork_isARowOfItsOwn() {
        // When
        String page = report(Map.of(
                        build(Service.GATEWAY),
                        figures(new Work.Fanout(outcome(1_000_000), outcome(100_000), outcome(25_000)))))
                .markdown();

        // Then
        assertThat(page)
                .contains("| gateway-service, native | 60 | 45 | 40 | 90 | 50 | 70 |"
                        + " 1.00 µs a delivery, 10.00 µs one by one, p99 2.5 ms |\n");
        assertThat(report(Map.of(build(Service.PUBLISHER), figures(new Work.Publishing(publishes(8_000)))))
                        .markdown())
                .contains("| 8,000 publishes/s, 125 µs each, p99 2.5 ms |\n");
        assertThat(report(Map.of(build(Service.TELEMETRY), figures(new Work.Polling(55))))
                        .markdown())
                .contains("| asked 55 times |\n");
    }

    @Test
    void whatIsNotBuilt_isTold() {
        // Given
        var absent = Map.of(build(Service.GATEWAY), "run ./dev native gateway-service");

        // When
        String page = new BuildsReport(subject(), Map.of(), Map.of(), absent).markdown();

        // Then
        assertThat(page).contains("| gateway-service, native | not measured: run ./dev native gateway-service |\n");
    }

    @Test
    void all_areEveryServiceInBothForms() {
        assertThat(OwnBuild.all().stream().map(OwnBuild::title))
                .isEqualTo(List.of(
                        "gateway-service, JVM",
                        "gateway-service, native",
                        "publisher-service, JVM",
                        "publisher-service, native",
                        "telemetry-ingest, JVM",
                        "telemetry-ingest, native"));
    }

    private static OwnBuild build(Service service) {
        return new OwnBuild(service, true);
    }

    private static Figures figures(Work work) {
        return new Figures(60 * MEGA, new Spread(40, 45, 90), 50 * MEGA, 70 * MEGA, work);
    }

    private static Outcome outcome(long deliveries) {
        return new Outcome(1, deliveries, deliveries, 0, SECOND, SECOND, SECOND, LATENCY);
    }

    private static PublishOutcome publishes(long published) {
        return new PublishOutcome(published, SECOND, SECOND, SECOND, LATENCY);
    }

    private static BuildsReport report(Map<OwnBuild, Figures> figures) {
        return new BuildsReport(subject(), Map.of(), figures, Map.of());
    }

    private static Subject subject() {
        return new Subject(
                LocalDate.EPOCH,
                "c0ffee",
                "./dev bench builds",
                new Machine("some cpu", 2, "an OS", "a VM", 0.25, "a network"));
    }
}

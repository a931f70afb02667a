package dev.fanfare.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.telemetry.leadership.LeadershipMetrics;
import dev.fanfare.telemetry.lifecycle.ReadinessMetrics;
import dev.fanfare.telemetry.poll.PollMetrics;
import dev.fanfare.telemetry.poll.Ticker;
import dev.fanfare.testkit.MetricsDocument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    private static final MetricsDocument DOCUMENT = MetricsDocument.read("metrics-telemetry.md");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    MetricsDocumentTest() {
        new PollMetrics("iss", registry, Ticker.SYSTEM);
        new LeadershipMetrics("iss", registry);
        new ReadinessMetrics(registry);
    }

    @Test
    void table_namesExactlyTheMetersThatExist() {
        // When, Then
        assertThat(DOCUMENT.names())
                .containsExactlyInAnyOrderElementsOf(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .distinct()
                        .toList());
    }

    @Test
    void table_namesEveryOutcome() {
        // When, Then
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getTag("outcome"))
                .filteredOn(outcome -> outcome != null)
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(DOCUMENT.table()).contains("`" + outcome + "`"));
    }
}

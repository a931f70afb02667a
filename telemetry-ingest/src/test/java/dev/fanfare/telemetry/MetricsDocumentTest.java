package dev.fanfare.telemetry;

import dev.fanfare.telemetry.leadership.LeadershipMetrics;
import dev.fanfare.telemetry.lifecycle.ReadinessMetrics;
import dev.fanfare.telemetry.poll.PollMetrics;
import dev.fanfare.telemetry.poll.Ticker;
import dev.fanfare.testkit.MetricsDocument;
import io.micrometer.core.instrument.Tag;
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
        DOCUMENT.assertNamesExactly(
                registry.getMeters().stream().map(meter -> meter.getId().getName()));
    }

    @Test
    void table_namesEveryOutcome() {
        // When, Then
        DOCUMENT.assertTells(registry.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .filter(tag -> tag.getKey().equals("outcome"))
                .map(Tag::getValue));
    }
}

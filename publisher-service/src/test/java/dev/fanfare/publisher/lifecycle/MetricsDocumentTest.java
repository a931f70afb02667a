package dev.fanfare.publisher.lifecycle;

import dev.fanfare.testkit.MetricsDocument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    private static final MetricsDocument DOCUMENT = MetricsDocument.read("metrics-publisher.md");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    MetricsDocumentTest() {
        new ReadinessMetrics(registry);
    }

    @Test
    void table_namesExactlyTheMetersThatExist() {
        // When, Then
        DOCUMENT.assertNamesExactly(
                registry.getMeters().stream().map(meter -> meter.getId().getName()));
    }
}

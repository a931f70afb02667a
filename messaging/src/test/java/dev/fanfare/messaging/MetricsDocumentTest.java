package dev.fanfare.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.messaging.admission.AdmissionMetrics;
import dev.fanfare.messaging.publish.PublishMetrics;
import dev.fanfare.messaging.read.ReadMetrics;
import dev.fanfare.testkit.MetricsDocument;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    private static final MetricsDocument DOCUMENT = MetricsDocument.read("metrics-messaging.md");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    MetricsDocumentTest() {
        new AdmissionMetrics(registry);
        new PublishMetrics(registry);
        new ReadMetrics(registry);
    }

    /// Without the parts that this registry makes of a histogram.
    private List<Meter> meters() {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().syntheticAssociation() == null)
                .toList();
    }

    @Test
    void table_namesExactlyTheMetersThatExist() {
        // When, Then
        DOCUMENT.assertNamesExactly(meters().stream().map(meter -> meter.getId().getName()));
    }

    @Test
    void table_namesEveryOutcome() {
        // When
        List<String> outcomes = meters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .filter(tag -> tag.getKey().equals("outcome"))
                .map(Tag::getValue)
                .toList();

        // Then
        assertThat(outcomes).hasSize(15);
        DOCUMENT.assertTells(outcomes.stream());
    }
}

package dev.fanfare.publisher.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.MetricsDocument;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    private static final MetricsDocument DOCUMENT = MetricsDocument.read("metrics-tokens.md");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    MetricsDocumentTest() {
        new IssueMetrics(registry, () -> 1);
    }

    @Test
    void table_namesExactlyTheMetersThatExist() {
        // When, Then
        DOCUMENT.assertNamesExactly(
                registry.getMeters().stream().map(meter -> meter.getId().getName()));
    }

    @Test
    void table_namesEveryOutcome() {
        // When
        List<String> outcomes = registry.getMeters().stream()
                .flatMap(meter -> meter.getId().getTags().stream())
                .filter(tag -> tag.getKey().equals("outcome"))
                .map(Tag::getValue)
                .toList();

        // Then
        assertThat(outcomes).hasSize(3);
        DOCUMENT.assertTells(outcomes.stream());
    }
}

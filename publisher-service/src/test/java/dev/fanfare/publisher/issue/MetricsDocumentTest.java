package dev.fanfare.publisher.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.MetricsDocument;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;
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
                .filteredOn(Objects::nonNull)
                .hasSize(3)
                .allSatisfy(outcome -> assertThat(DOCUMENT.table()).contains("`" + outcome + "`"));
    }
}

package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.MetricsDocument;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/metrics-gateway.md` true.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class MetricsDocumentIT {

    private static final MetricsDocument DOCUMENT = MetricsDocument.read("metrics-gateway.md");

    @Inject
    MeterRegistry registry;

    @Test
    void table_namesExactlyTheMetersThatExist() {
        // When, Then
        assertThat(DOCUMENT.names())
                .containsExactlyInAnyOrderElementsOf(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .filter(name -> name.startsWith("fanfare."))
                        .distinct()
                        .toList());
    }

    @Test
    void table_namesEveryTagValue() {
        // When
        List<String> values = registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("fanfare."))
                .filter(meter -> !meter.getId().getName().equals("fanfare.gateway.commands.refused"))
                .flatMap(meter -> meter.getId().getTags().stream())
                .map(tag -> "`" + tag.getValue() + "`")
                .distinct()
                .toList();

        // Then
        assertThat(values)
                .isNotEmpty()
                .allSatisfy(value -> assertThat(DOCUMENT.table()).contains(value));
    }
}

package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/metrics-gateway.md` true.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class MetricsDocumentIT {

    private static final Path DOCUMENT = Path.of("../docs/reference/metrics-gateway.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|.*$");

    @Inject
    MeterRegistry registry;

    @Test
    void table_namesExactlyTheMetersThatExist() throws IOException {
        // When
        List<String> documented = rows().stream().map(row -> row.group(1)).toList();

        // Then
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .filter(name -> name.startsWith("fanfare."))
                        .distinct()
                        .toList());
    }

    @Test
    void table_namesEveryTagValue() throws IOException {
        // Given
        String table = String.join("\n", rows().stream().map(MatchResult::group).toList());

        // When
        List<String> values = registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("fanfare."))
                .filter(meter -> !meter.getId().getName().equals("fanfare.gateway.commands.refused"))
                .flatMap(meter -> meter.getId().getTags().stream())
                .map(tag -> "`" + tag.getValue() + "`")
                .distinct()
                .toList();

        // Then
        assertThat(values).isNotEmpty().allSatisfy(value -> assertThat(table).contains(value));
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(DOCUMENT)).results().toList();
    }
}

package dev.fanfare.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.publisher.admission.AdmissionMetrics;
import dev.fanfare.publisher.publish.PublishMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/reference/metrics-publisher.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|.*$");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    MetricsDocumentTest() {
        new AdmissionMetrics(registry);
        new PublishMetrics(registry);
    }

    @Test
    void table_namesExactlyTheMetersThatExist() throws IOException {
        // When
        List<String> documented = rows().stream().map(row -> row.group(1)).toList();

        // Then
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .distinct()
                        .toList());
    }

    @Test
    void table_namesEveryOutcome() throws IOException {
        // Given
        String table = rows().stream().map(MatchResult::group).collect(Collectors.joining("\n"));

        // When, Then
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getTag("outcome"))
                .filteredOn(Objects::nonNull)
                .hasSize(7)
                .allSatisfy(outcome -> assertThat(table).contains("`" + outcome + "`"));
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(DOCUMENT)).results().toList();
    }
}

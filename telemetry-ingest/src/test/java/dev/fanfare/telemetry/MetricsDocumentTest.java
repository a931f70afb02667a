package dev.fanfare.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.telemetry.leadership.LeadershipMetrics;
import dev.fanfare.telemetry.poll.PollMetrics;
import dev.fanfare.telemetry.poll.Ticker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

    private static final Path DOCUMENT = Path.of("../docs/reference/metrics-telemetry.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|.*$");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    MetricsDocumentTest() {
        new PollMetrics("iss", registry, Ticker.SYSTEM);
        new LeadershipMetrics("iss", registry);
    }

    @Test
    void table_namesExactlyTheMetersThatExist() throws IOException {
        // When
        List<String> documented = ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .map(row -> row.group(1))
                .toList();

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
        String rows = String.join(
                "\n",
                ROW.matcher(Files.readString(DOCUMENT))
                        .results()
                        .map(MatchResult::group)
                        .toList());

        // When, Then
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getTag("outcome"))
                .filteredOn(outcome -> outcome != null)
                .isNotEmpty()
                .allSatisfy(outcome -> assertThat(rows).contains("`" + outcome + "`"));
    }
}

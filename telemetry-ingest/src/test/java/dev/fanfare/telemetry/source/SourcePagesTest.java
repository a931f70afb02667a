package dev.fanfare.telemetry.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The configuration in the pages for users.
class SourcePagesTest {

    private static final Path FOLDER = Path.of("../docs/how-to");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```properties\n(.*?)```");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("STATION_TOKEN", "t1", "SHOP_TOKEN", "t2", "EXCHANGE_TOKEN", "t3");

    @ParameterizedTest
    @CsvSource({
        "poll-json.md, weather.17, Json, t1",
        "poll-prometheus.md, metrics.shop, Prometheus, t2",
        "follow-events.md, prices.live, EventStream, t3",
    })
    void exampleOfThePage_isTaken(String page, String channel, String kind, String token) throws IOException {
        // Given
        var properties = new Properties();
        properties.load(new StringReader(EXAMPLE.matcher(Files.readString(FOLDER.resolve(page)))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.joining())));
        ENVIRONMENT.forEach(properties::setProperty);

        // When
        var settings = SourceSettings.of(ConfigFixture.sources(properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty))));

        // Then
        assertThat(settings).singleElement().satisfies(source -> {
            assertThat(source.channel().name()).isEqualTo(channel);
            assertThat(source.kind().getClass().getSimpleName()).isEqualTo(kind);
            assertThat(source.headers().values()).containsEntry("Authorization", "Bearer " + token);
        });
    }
}

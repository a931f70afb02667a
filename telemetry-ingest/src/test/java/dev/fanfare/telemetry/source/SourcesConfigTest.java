package dev.fanfare.telemetry.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.telemetry.source.SourcesConfig.Kind;
import dev.fanfare.telemetry.source.SourcesConfig.Model;
import dev.fanfare.telemetry.source.SourcesConfig.Publish;
import dev.fanfare.telemetry.source.SourcesConfig.SourceConfig;
import dev.fanfare.telemetry.source.SourcesConfig.StreamConfig.Content;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SourcesConfigTest {

    @Test
    void defaults() {
        // When
        SourceConfig source = source(Map.of("url", "http://a/", "channel", "a"));

        // Then
        assertThat(source.enabled()).isTrue();
        assertThat(source.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(source.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(source.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(source.maxBytes()).isEqualTo(kibibytes(64));
        assertThat(source.pointer()).isEmpty();
        assertThat(source.kind()).isEqualTo(Kind.JSON);
        assertThat(source.prometheus().select()).isEmpty();
        assertThat(source.prometheus().maxSeries()).isEqualTo(100);
        assertThat(source.stream().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(source.stream().types()).isEmpty();
        assertThat(source.stream().content()).isEqualTo(Content.JSON);
        assertThat(source.headers()).isEmpty();
        assertThat(source.publish()).isEqualTo(Publish.ALWAYS);
        assertThat(source.maxBackoff()).isEqualTo(Duration.ofSeconds(15));
        assertThat(source.model()).isEqualTo(Model.NONE);
        assertThat(source.modelAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everyProperty_isMapped() {
        // When
        SourceConfig source = source(Map.ofEntries(
                Map.entry("enabled", "false"),
                Map.entry("url", "https://b/x"),
                Map.entry("channel", "b"),
                Map.entry("interval", "2s"),
                Map.entry("connect-timeout", "4s"),
                Map.entry("timeout", "6s"),
                Map.entry("max-bytes", "8K"),
                Map.entry("pointer", "/p"),
                Map.entry("kind", "event-stream"),
                Map.entry("prometheus.select[0]", "up"),
                Map.entry("prometheus.max-series", "7"),
                Map.entry("stream.idle-timeout", "8s"),
                Map.entry("stream.types", "a,b"),
                Map.entry("stream.content", "text"),
                Map.entry("headers.X-Api-Key", "k"),
                Map.entry("headers.\"a.b\"", "c"),
                Map.entry("publish", "on-change"),
                Map.entry("max-backoff", "10s"),
                Map.entry("model", "iss-orbit"),
                Map.entry("model-after", "12s")));

        // Then
        assertThat(source.enabled()).isFalse();
        assertThat(source.url()).isEqualTo(URI.create("https://b/x"));
        assertThat(source.channel()).isEqualTo("b");
        assertThat(source.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(source.connectTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(source.timeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(source.maxBytes()).isEqualTo(kibibytes(8));
        assertThat(source.pointer()).contains("/p");
        assertThat(source.kind()).isEqualTo(Kind.EVENT_STREAM);
        assertThat(source.prometheus().select()).contains(List.of("up"));
        assertThat(source.prometheus().maxSeries()).isEqualTo(7);
        assertThat(source.stream().idleTimeout()).isEqualTo(Duration.ofSeconds(8));
        assertThat(source.stream().types()).contains(Set.of("a", "b"));
        assertThat(source.stream().content()).isEqualTo(Content.TEXT);
        assertThat(source.headers()).isEqualTo(Map.of("X-Api-Key", "k", "a.b", "c"));
        assertThat(source.publish()).isEqualTo(Publish.ON_CHANGE);
        assertThat(source.maxBackoff()).isEqualTo(Duration.ofSeconds(10));
        assertThat(source.model()).isEqualTo(Model.ISS_ORBIT);
        assertThat(source.modelAfter()).isEqualTo(Duration.ofSeconds(12));
    }

    /// What is shipped, without a profile and without an environment.
    @Test
    void shippedConfiguration_pollsTheStationEachSecond() throws IOException {
        // Given
        var shipped = new Properties();
        try (InputStream file = SourcesConfig.class.getResourceAsStream("/application.properties")) {
            shipped.load(file);
        }
        Map<String, String> properties = shipped.stringPropertyNames().stream()
                .filter(name -> name.startsWith("fanfare."))
                .collect(Collectors.toMap(name -> name, shipped::getProperty));

        // When
        var settings = SourceSettings.of(ConfigFixture.sources(properties));

        // Then
        assertThat(settings).singleElement().satisfies(iss -> {
            assertThat(iss.name()).isEqualTo("iss");
            assertThat(iss.url()).isEqualTo(URI.create("http://api.open-notify.org/iss-now.json"));
            assertThat(iss.channel()).hasToString("iss.telemetry");
            assertThat(iss.interval()).isEqualTo(Duration.ofSeconds(1));
            assertThat(iss.model()).isEqualTo(Model.ISS_ORBIT);
        });
    }

    private static SourceConfig source(Map<String, String> properties) {
        var full = new HashMap<String, String>();
        properties.forEach((name, value) -> full.put("fanfare.telemetry.sources.x." + name, value));
        return ConfigFixture.sources(full).sources().values().iterator().next();
    }

    private static MemorySize kibibytes(long count) {
        return new MemorySize(BigInteger.valueOf(count * 1024));
    }
}

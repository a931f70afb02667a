package dev.fanfare.telemetry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "url, ftp://a/",
        "url, /only/a/path",
        "channel, two words",
        "interval, 99ms",
        "interval, 25h",
        "timeout, 9ms",
        "timeout, 301s",
        "connect-timeout, 9ms",
        "connect-timeout, 4s",
        "max-bytes, 1",
        "max-bytes, 1048577",
        "max-bytes, 9G",
        "pointer, no-slash",
        "prometheus.select[0], up",
        "stream.types, a",
        "stream.content, text",
        "max-backoff, 999ms",
        "max-backoff, 25h",
        "model-after, -1s",
        "model-after, 25h",
        "headers.Host, a",
        "headers.If-None-Match, a",
        "headers.two words, a",
        "headers.Key, é",
        "headers.Key, 'a\nb'",
    })
    void valueOutOfRange_isRefusedWithTheNameOfItsProperty(String property, String value) {
        // When, Then
        assertThatThrownBy(() -> settings(Map.of(property, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fanfare.telemetry.sources.x." + property + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "interval, 100ms",
        "interval, 15s",
        "timeout, 5m",
        "connect-timeout, 10ms",
        "connect-timeout, 3s",
        "max-bytes, 2",
        "max-bytes, 1M",
        "pointer, /a/0",
        "max-backoff, 1s",
        "max-backoff, 24h",
        "model-after, 0s",
    })
    void valueAtTheEdgeOfItsRange_isTaken(String property, String value) {
        // When, Then
        assertThat(settings(Map.of(property, value))).hasSize(1);
    }

    @Test
    void secretThatNoHeaderCanHold_isNotInTheMessage() {
        // When, Then
        assertThatThrownBy(() -> settings(Map.of("headers.Key", "hunter2\u0007")))
                .hasMessageContaining("x.headers.Key has a value that no header can have")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void headerValueOverTheLimit_isRefused() {
        // When, Then
        assertThat(settings(Map.of("headers.Key", "x".repeat(RequestHeaders.MAX_VALUE_LENGTH))))
                .isNotNull();
        assertThatThrownBy(() -> settings(Map.of("headers.Key", "x".repeat(RequestHeaders.MAX_VALUE_LENGTH + 1))))
                .hasMessageContaining("x.headers.Key has a value that no header can have");
    }

    @Test
    void headers_areNotShownWithTheSettings() {
        // When, Then
        assertThat(settings(Map.of("headers.Authorization", "Bearer hunter2")).toString())
                .contains("Authorization")
                .doesNotContain("hunter2");
    }

    @Test
    void headerNameTwiceInAnotherCase_isRefused() {
        // When, Then
        assertThatThrownBy(() -> settings(Map.of("headers.Key", "a", "headers.KEY", "b")))
                .hasMessageContaining("x.headers has a name twice");
    }

    @Test
    void tooManyHeaders_areRefused() {
        // Given
        var headers = new HashMap<String, String>();
        for (int i = 0; i <= RequestHeaders.MAX_COUNT; i++) {
            headers.put("headers.H" + i, "v");
        }

        // When, Then
        assertThatThrownBy(() -> settings(headers)).hasMessageContaining("x.headers has at most 32 entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Iss", "a_b", "a.b", "abcdefghijklmnopqrstuvwxyz0123456"})
    void nameThatIsNoTag_isRefused(String name) {
        // Given
        var fixture = new SettingsFixture().name(name);

        // When, Then
        assertThatThrownBy(fixture::build).hasMessageContaining(name + ".name has 1 to 32 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "prometheus; pointer; /a",
                "prometheus; prometheus.select[1]; up{",
                "prometheus; prometheus.select[1]; {}",
                "prometheus; prometheus.select[1]; up{a=~\"(\"}",
                "prometheus; prometheus.max-series; 0",
                "prometheus; prometheus.max-series; 1001",
                "prometheus; stream.types; a",
                "prometheus; max-bytes; 16777217",
                "event-stream; prometheus.select[0]; up",
                "event-stream; model; iss-orbit",
                "event-stream; stream.idle-timeout; 999ms",
                "event-stream; stream.idle-timeout; 25h",
                "event-stream; max-bytes; 1048577",
                "event-stream; pointer; no-slash",
            })
    void valueThatDoesNotFitTheKind_isRefusedWithTheNameOfItsProperty(String kind, String property, String value) {
        // Given
        var changed = new HashMap<>(Map.of("kind", kind));
        if (kind.equals("prometheus")) {
            changed.put("prometheus.select[0]", "up");
        }
        changed.put(property, value);

        // When, Then
        assertThatThrownBy(() -> settings(changed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fanfare.telemetry.sources.x." + property + " ");
    }

    @Test
    void prometheusWithoutSelection_isToldHowToWriteOne() {
        // When, Then
        assertThatThrownBy(() -> settings(Map.of("kind", "prometheus")))
                .hasMessage("fanfare.telemetry.sources.x.prometheus.select has 1 to 100 entries; "
                        + "write the first as prometheus.select[0]=up{job=\"a\"}");
    }

    @Test
    void pointerIntoText_isRefused() {
        // When, Then
        assertThatThrownBy(() -> settings(Map.of("kind", "event-stream", "stream.content", "text", "pointer", "/a")))
                .hasMessageContaining("x.pointer points into JSON; remove it");
    }

    @Test
    void selectorWithCommas_isOneEntry() {
        // When
        List<SourceSettings> all = settings(Map.of(
                "kind", "prometheus",
                "max-bytes", "16M",
                "prometheus.select[0]", "up{a=\"1\",b=\"2\"}",
                "prometheus.select[1]", "down"));

        // Then
        assertThat(all)
                .singleElement()
                .satisfies(settings -> assertThat(((SourceKind.Prometheus) settings.kind()).select())
                        .extracting(SeriesSelector::toString)
                        .containsExactly("up{a=\"1\",b=\"2\"}", "down"));
    }

    @Test
    void channelTooLongForALease_isRefused() {
        // When, Then
        assertThatThrownBy(() -> settings(Map.of("channel", "c".repeat(101))))
                .hasMessageContaining("x.channel has at most 100 characters");
    }

    @Test
    void twoSourcesOnOneChannel_areRefused() {
        // Given
        var properties = Map.of(
                "fanfare.telemetry.sources.a.url", "http://h/",
                "fanfare.telemetry.sources.a.channel", "same",
                "fanfare.telemetry.sources.b.url", "http://h/",
                "fanfare.telemetry.sources.b.channel", "same");

        // When, Then
        assertThatThrownBy(() -> SourceSettings.of(ConfigFixture.sources(properties)))
                .hasMessage("fanfare.telemetry.sources.b.channel is also that of source a");
    }

    @Test
    void disabledSource_isLeftOut() {
        // When, Then
        assertThat(settings(Map.of("enabled", "false"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:secret@host:8443/a/b?key=secret#secret, https://host:8443/a/b",
        "http://host, http://host",
    })
    void address_leavesOutWhatMayBeSecret(String url, String expected) {
        // When, Then
        assertThat(settings(Map.of("url", url)))
                .extracting(SourceSettings::address)
                .containsExactly(expected);
    }

    private static List<SourceSettings> settings(Map<String, String> changed) {
        var properties = new HashMap<String, String>();
        properties.put("fanfare.telemetry.sources.x.url", "http://host/");
        properties.put("fanfare.telemetry.sources.x.channel", "c");
        changed.forEach((name, value) -> properties.put("fanfare.telemetry.sources.x." + name, value));
        return SourceSettings.of(ConfigFixture.sources(properties));
    }
}

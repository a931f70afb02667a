package dev.fanfare.telemetry.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesSelectorTest {

    private static final Map<String, String> LABELS = Map.of("code", "503", "path", "a\"b\\c\nd");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "http_total;true",
                "http;false",
                "http_total{};true",
                "http_total{code=\"503\"};true",
                "http_total{code=\"50\"};false",
                "http_total{code!=\"503\"};false",
                "http_total{code!=\"500\"};true",
                "http_total{code=~\"5..\"};true",
                "http_total{code=~\"5\"};false",
                "http_total{code=~\"4..|5..\"};true",
                "http_total{code!~\"5..\"};false",
                "http_total{code!~\"4..\"};true",
                "{code=\"503\"};true",
                "{code=\"503\",job=\"a\"};false",
                "http_total{job=\"\"};true",
                "http_total{job!=\"\"};false",
                "http_total{job!=\"a\"};true",
                "http_total { code = \"503\" , } ;true",
                "http_total{path=\"a\\\"b\\\\c\\nd\"};true",
            })
    void selector_matchesByNameAndLabels(String selector, boolean expected) {
        // When, Then
        assertThat(SeriesSelector.parse(selector).matches("http_total", LABELS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "1up",
                "up down",
                "up{",
                "up{a}",
                "up{a=}",
                "up{a=b}",
                "up{a=\"b}",
                "up{a=\"b\"",
                "up{a=\"b\"}}",
                "up{=\"b\"}",
                "up{a:b=\"c\"}",
                "up{a==\"b\"}",
                "up{a~\"b\"}",
                "up{a=\"b\" c=\"d\"}",
                "up{,}",
                "up{a=~\"(\"}",
                "up{a=\"\\",
            })
    void textThatIsNoSelector_isRefused(String selector) {
        // When, Then
        assertThatThrownBy(() -> SeriesSelector.parse(selector)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void selectorOverTheLimit_isRefused() {
        // When, Then
        assertThatThrownBy(() -> SeriesSelector.parse("a".repeat(SeriesSelector.MAX_LENGTH + 1)))
                .hasMessageContaining("at most 1024 characters");
        assertThat(SeriesSelector.parse("a".repeat(SeriesSelector.MAX_LENGTH))).isNotNull();
    }
}

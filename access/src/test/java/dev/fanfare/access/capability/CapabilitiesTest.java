package dev.fanfare.access.capability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.channel.Channel;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitiesTest {

    @ParameterizedTest
    @CsvSource({
        "SUBSCRIBE, iss.telemetry, true",
        "HISTORY, iss.telemetry, true",
        "PUBLISH, iss.telemetry, false",
        "ADMIN, iss.telemetry, false",
        "SUBSCRIBE, iss, false",
        "PUBLISH, chat.42, true",
        "PRESENCE, chat.42, true",
        "PUBLISH, chat.43, false",
    })
    void operation_isAllowedByTheUnionOfMatchingPatterns(Operation operation, String channel, boolean expected) {
        // Given
        Capabilities capabilities =
                parsed("{\"iss.*\":[\"subscribe\",\"history\"],\"chat.42\":[\"publish\"],\"chat.*\":[\"presence\"]}");

        // When
        boolean allowed = capabilities.allows(operation, new Channel(channel));

        // Then
        assertThat(allowed).isEqualTo(expected);
    }

    @Test
    void admin_impliesNothingElse() {
        // Given
        Capabilities capabilities = parsed("{\"*\":[\"admin\"]}");

        // When, Then
        assertThat(capabilities.allows(Operation.ADMIN, new Channel("any"))).isTrue();
        assertThat(capabilities.allows(Operation.SUBSCRIBE, new Channel("any"))).isFalse();
    }

    @Test
    void emptyObject_allowsNothing() {
        // When, Then
        assertThat(parsed("{}")).isEqualTo(Capabilities.NONE);
        assertThat(Capabilities.NONE.allows(Operation.SUBSCRIBE, new Channel("any")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"{}\"",
                "{",
                "{}x",
                "{}{}",
                "{\"a\":\"subscribe\"}",
                "{\"a\":[]}",
                "{\"a\":[\"*\"]}",
                "{\"a\":[\"SUBSCRIBE\"]}",
                "{\"a\":[\"subscribe\",\"subscribe\"]}",
                "{\"a\":[\"subscribe\",null]}",
                "{\"a\":[[\"subscribe\"]]}",
                "{\"a\":[\"delete\"]}",
                "{\"a\":[\"subscribe\"],\"a\":[\"publish\"]}",
                "{\"a b\":[\"subscribe\"]}",
                "{\"\":[\"subscribe\"]}",
                "{\"ä\":[\"subscribe\"]}",
                "{\"a\":[\"subscribe\"],}",
            })
    void otherForms_areRefused(String json) {
        // When, Then
        assertThatThrownBy(() -> parsed(json))
                .isInstanceOf(IllegalCapabilityException.class)
                .hasMessageNotContaining("com.fasterxml");
    }

    @Test
    void patternsOverTheLimit_areRefused() {
        // Given
        String atLimit = patterns(Capabilities.MAX_PATTERNS);
        String overLimit = patterns(Capabilities.MAX_PATTERNS + 1);

        // When, Then
        assertThat(parsed(atLimit).operations()).hasSize(Capabilities.MAX_PATTERNS);
        assertThatThrownBy(() -> parsed(overLimit)).hasMessageContaining("more than 64 patterns");
    }

    @Test
    void bytesOverTheLimit_areRefused() {
        // Given
        String json = "{\"a\":[\"publish\"]}";
        String atLimit = json + " ".repeat(Capabilities.MAX_BYTES - json.length());

        // When, Then
        assertThat(parsed(atLimit)).isEqualTo(parsed(json));
        assertThatThrownBy(() -> parsed(atLimit + " ")).hasMessageContaining("4097 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // granted; asked for; common to both
                "{\"*\":[\"subscribe\"]};         {\"a.*\":[\"subscribe\",\"publish\"]}; {\"a.*\":[\"subscribe\"]}",
                "{\"a.*\":[\"subscribe\"]};       {\"*\":[\"subscribe\"]};              {\"a.*\":[\"subscribe\"]}",
                "{\"a.*\":[\"subscribe\"]};       {\"b.*\":[\"subscribe\"]};            {}",
                "{\"a*\":[\"subscribe\"]};        {\"*b\":[\"subscribe\"]};             {}",
                "{\"a\":[\"subscribe\"],\"*\":[\"publish\"]}; {\"a\":[\"publish\",\"subscribe\"]}; "
                        + "{\"a\":[\"subscribe\",\"publish\"]}",
            })
    void intersection_isTheNarrowerPatternWithTheCommonOperations(String one, String other, String expected) {
        // When
        Capabilities common = parsed(one).intersection(parsed(other));

        // Then
        assertThat(common).isEqualTo(parsed(expected));
        assertThat(parsed(other).intersection(parsed(one))).isEqualTo(common);
    }

    private static String patterns(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"c" + i + "\":[\"publish\"]")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Capabilities parsed(String json) {
        return Capabilities.parse(json.getBytes(UTF_8));
    }
}

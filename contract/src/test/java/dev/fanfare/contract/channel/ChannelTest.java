package dev.fanfare.contract.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "iss.telemetry", "orders:42", "a/b/c", "~", "!", "room#1", "x@y,z;(1)"})
    void visibleAscii_isAName(String name) {
        // When
        var channel = new Channel(name);

        // Then
        assertThat(channel.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "a\"b", "a\\b", "iss.*", "{a}", "ä", "\u0000", "a\u007f"})
    void otherCharacters_areRefused(String name) {
        // When, Then
        assertThat(Channel.isValid(name)).isFalse();
        assertThatThrownBy(() -> new Channel(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource
    void length_isBounded(int length, boolean valid) {
        // When, Then
        assertThat(Channel.isValid("x".repeat(length))).isEqualTo(valid);
    }

    static Object[][] length_isBounded() {
        return new Object[][] {{0, false}, {1, true}, {255, true}, {256, false}, {300, false}};
    }
}

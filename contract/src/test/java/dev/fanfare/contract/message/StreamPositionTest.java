package dev.fanfare.contract.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPositionTest {

    @Test
    void text_isReadBack() {
        // Given
        var position = new StreamPosition("k3Jd02Xy", 42);

        // When
        String text = position.text();

        // Then
        assertThat(text).isEqualTo("k3Jd02Xy:42");
        assertThat(StreamPosition.parse(text)).contains(position);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "e:",
                ":1",
                "e:-1",
                "e:1:2",
                "e:x",
                "e 1",
                "é:1",
                "12345678901234567:1",
                "e:1234567890123456789"
            })
    void otherText_isNoPosition(String text) {
        assertThat(StreamPosition.parse(text)).isEmpty();
    }
}

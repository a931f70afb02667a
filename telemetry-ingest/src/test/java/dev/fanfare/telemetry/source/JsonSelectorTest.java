package dev.fanfare.telemetry.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSelectorTest {

    /// The document of RFC 6901, 5, and some depth.
    private static final String DOCUMENT = """
            {"foo": ["bar", "baz"], "": 0, "a/b": 1, "m~n": 8, "deep": {"skip": [{}], "list": [[1, 2], {"x": -1.50e3}]}}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/foo;[\"bar\", \"baz\"]",
                "/foo/0;\"bar\"",
                "/foo/1;\"baz\"",
                "/;0",
                "/a~1b;1",
                "/m~0n;8",
                "/deep/list/0;[1, 2]",
                "/deep/list/0/1;2",
                "/deep/list/1/x;-1.50e3",
                "/deep/skip/0;{}",
            })
    void pointer_selectsTheBytesAsTheyCame(String pointer, String expected) throws IOException {
        // When, Then
        assertThat(select(pointer)).hasToString("Optional[" + expected + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/foo/2", "/foo/-", "/foo/bar", "/foo/0/x", "/deep/list/1/x/y", "/FOO"})
    void pointerToNothing_isEmpty(String pointer) throws IOException {
        // When, Then
        assertThat(select(pointer)).isEqualTo("Optional.empty");
    }

    @Test
    void emptyPointer_selectsEverything() throws IOException {
        // When, Then
        assertThat(select("")).isEqualTo("Optional[" + DOCUMENT + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1} x", "{\"a\":1", "{\"a\":1,\"b\":}", ""})
    void brokenDocument_isRefusedAlsoBehindTheSelectedPart(String document) {
        // Given
        var selector = new JsonSelector(JsonPointer.compile("/a"));

        // When, Then
        assertThatThrownBy(() -> selector.select(document.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    private static String select(String pointer) throws IOException {
        return new JsonSelector(JsonPointer.compile(pointer))
                .select(DOCUMENT.getBytes(UTF_8))
                .toString();
    }
}

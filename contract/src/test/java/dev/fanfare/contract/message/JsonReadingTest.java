package dev.fanfare.contract.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u0080", "\u00c3", "\u00ff"})
    void illFormedUtf8_isRefusedWhereverItStands(String bytesAsLatin1) {
        // Given
        byte[] inData = ("{\"a\":[\"" + bytesAsLatin1 + "\"]}").getBytes(ISO_8859_1);
        byte[] inName = ("{\"" + bytesAsLatin1 + "\":1}").getBytes(ISO_8859_1);

        // When, Then
        assertThatIOException().isThrownBy(() -> RawJson.parse(inData)).withMessageContaining("UTF-8");
        assertThatIOException().isThrownBy(() -> RawJson.parse(inName)).withMessageContaining("UTF-8");
    }

    @Test
    void otherEncodings_areNotGuessed() {
        // Given
        byte[] withMark = "\ufeff{}".getBytes(UTF_8);

        // When, Then
        assertThatIOException().isThrownBy(() -> RawJson.parse("{}".getBytes(UTF_16BE)));
        assertThatIOException().isThrownBy(() -> RawJson.parse("{}".getBytes(UTF_16LE)));
        assertThatIOException().isThrownBy(() -> RawJson.parse(withMark));
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "-7.0, -7",
        "7e3, 7000",
        "0e999999999, 0",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808,",
        "1e999999999,",
        "1e-999999999,",
        "7.5,",
        "\"7\",",
        "null,",
        "[7],"
    })
    void wholeNumber_isOneHoweverItIsWritten(String json, @Nullable Long expected) throws IOException {
        // Given
        JsonParser parser = JsonReading.parser(json.getBytes(UTF_8));
        parser.nextToken();

        // When
        OptionalLong number = JsonReading.wholeNumberAt(parser);

        // Then
        assertThat(number).isEqualTo(expected == null ? OptionalLong.empty() : OptionalLong.of(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":1.50 ,"b":2}                      | 1.50
            {"a" : 12345678901234567890123456789 } | 12345678901234567890123456789
            {"a":-0.0e-0}                          | -0.0e-0
            {"a":"ü\\u00fc\\n" }                   | "ü\\u00fc\\n"
            {"ü😀":0,"a":["😀",{"x":[ ]}] ,"b":1}   | ["😀",{"x":[ ]}]
            {"a":null}                             | null
            """)
    void value_keepsItsBytes(String json, String expected) throws IOException {
        // Given
        byte[] utf8 = json.getBytes(UTF_8);

        // When
        RawJson value = memberA(utf8);

        // Then
        assertThat(value).hasToString(expected);
    }

    private static RawJson memberA(byte[] utf8) throws IOException {
        try (JsonParser parser = JsonReading.parser(utf8)) {
            parser.nextToken();
            while (!"a".equals(parser.nextFieldName())) {
                parser.nextToken();
                parser.skipChildren();
            }
            parser.nextToken();
            return JsonReading.valueAt(parser, utf8);
        }
    }

    @Test
    void onlyNesting_isTooDeep() {
        // Given
        byte[] deep = "[".repeat(65).getBytes(UTF_8);
        byte[] longNumber = "1".repeat(1001).getBytes(UTF_8);

        // When
        IOException tooDeep = catchThrowableOfType(IOException.class, () -> RawJson.parse(deep));
        IOException tooLong = catchThrowableOfType(IOException.class, () -> RawJson.parse(longNumber));

        // Then
        assertThat(JsonReading.isTooDeep(tooDeep)).isTrue();
        assertThat(JsonReading.isTooDeep(tooLong)).isFalse();
    }
}

package dev.fanfare.contract.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fanfare.contract.channel.Channel;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredMessageTest {

    private static final Channel CHANNEL = new Channel("c");
    private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);

    @Test
    void fullMessage_becomesOneCompactObject() throws IOException {
        // Given
        RawJson data = RawJson.parse(" {\"n\": 1e400} ".getBytes(UTF_8));

        // When
        var stored = StoredMessage.of(new Message(CHANNEL, "a\"1", data, "position", "iss", TIME));

        // Then
        assertThat(stored)
                .hasToString("{\"message\":{\"n\": 1e400},\"id\":\"a\\\"1\",\"timestamp\":1700000000123,"
                        + "\"name\":\"position\",\"clientId\":\"iss\"}");
    }

    @Test
    void encodingAndExtras_comeLastAndAsTheyCame() throws IOException {
        // Given
        RawJson extras = RawJson.parse("{\"a\": 1.50}".getBytes(UTF_8));
        RawJson data = RawJson.ofString("AAE=");

        // When
        var stored = StoredMessage.of(new Message(CHANNEL, "1", data, Message.BASE64, "n", null, extras, TIME));

        // Then
        assertThat(stored)
                .hasToString("{\"message\":\"AAE=\",\"id\":\"1\",\"timestamp\":1700000000123,\"name\":\"n\","
                        + "\"encoding\":\"base64\",\"extras\":{\"a\": 1.50}}");
    }

    @Test
    void tracedMessage_endsWithItsOrigin_whichIsReadBack() {
        // Given
        var origin = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        // When
        var stored =
                StoredMessage.of(new Message(CHANNEL, "1", RawJson.ofString("x"), null, null, TIME).withOrigin(origin));

        // Then
        assertThat(stored)
                .hasToString("{\"message\":\"x\",\"id\":\"1\",\"timestamp\":1700000000123,"
                        + "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}");
        assertThat(StoredMessage.ofStored(stored.utf8()).origin()).isEqualTo(origin);
    }

    @Test
    void messageThatIsNotTraced_hasNoOrigin_evenIfItsFieldsLookLikeOne() throws IOException {
        // Given
        String member = ",\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        RawJson extras = RawJson.parse(("{\"a\":1" + member + "\"}").getBytes(UTF_8));
        RawJson data = RawJson.ofString(member);

        // Then
        assertThat(StoredMessage.of(new Message(CHANNEL, "1", data, null, member, TIME))
                        .origin())
                .isNull();
        assertThat(StoredMessage.of(new Message(CHANNEL, "1", data, null, null, null, extras, TIME))
                        .origin())
                .isNull();
        assertThat(StoredMessage.ofStored("{}".getBytes(UTF_8)).origin()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
            })
    void originOfAnotherForm_isNone(String text) {
        // When
        var stored = StoredMessage.ofStored(("{\"message\":1,\"traceparent\":\"" + text + "\"}").getBytes(UTF_8));

        // Then
        assertThat(stored.origin()).isNull();
    }

    @Test
    void optionalFields_areLeftOut() {
        // When
        var stored = StoredMessage.of(new Message(CHANNEL, "1", RawJson.ofString("hi\n"), null, null, TIME));

        // Then
        assertThat(stored).hasToString("{\"message\":\"hi\\n\",\"id\":\"1\",\"timestamp\":1700000000123}");
    }

    @Test
    void idAndTimestamp_areReadBackFromTheBytes() throws IOException {
        // Given
        RawJson data = RawJson.parse("{\"timestamp\":1,\"a\":[{}]}".getBytes(UTF_8));

        // When
        var stored = StoredMessage.of(new Message(CHANNEL, "1", data, null, null, TIME));

        // Then
        assertThat(stored.timestamp()).isEqualTo(TIME);
        assertThat(stored.id()).isEqualTo("1");
        assertThatThrownBy(() -> StoredMessage.ofStored("{}".getBytes(UTF_8)).timestamp())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "x}"})
    void bytesThatAreNoObject_areRefused(String text) {
        // When, Then
        assertThatThrownBy(() -> StoredMessage.ofStored(text.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "\"ä€😀\"",
                "[1, [2]]",
                "null",
                "{\"a\": {\"b\": [true]}}",
                "-0.0",
                "123456789012345678901234567890"
            })
    void anyJsonValue_isKeptAsItCame(String json) throws IOException {
        // When
        RawJson value = RawJson.parse(("  " + json + "\n").getBytes(UTF_8));

        // Then
        assertThat(value).hasToString(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "1 2", "{\"a\":1,\"a\":2}", "nul", "'x'", "[1,]", "{} x"})
    void brokenJson_isRefused(String json) {
        // When, Then
        assertThatThrownBy(() -> RawJson.parse(json.getBytes(UTF_8))).isInstanceOf(IOException.class);
    }

    @Test
    void invalidUtf8_isRefused() {
        // When, Then
        assertThatThrownBy(() -> RawJson.parse(new byte[] {'"', (byte) 0xC3, (byte) 0x28, '"'}))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65})
    void depth_isBounded(int levels) throws IOException {
        // Given
        byte[] nested = ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);

        // When, Then
        if (levels <= JsonReading.MAX_DEPTH) {
            assertThat(RawJson.parse(nested).utf8()).hasSize(2 * levels);
        } else {
            assertThatThrownBy(() -> RawJson.parse(nested))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(JsonReading.isTooDeep(e)).isTrue());
        }
    }

    @Test
    void loneSurrogate_becomesTheReplacementCharacter() {
        // When
        RawJson value = RawJson.ofString("a\uD800b😀");

        // Then
        assertThat(value).hasToString("\"a\uFFFDb😀\"");
    }

    static Stream<Arguments> messagesWithTheirTime() throws IOException {
        var origin = new TraceParent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        String looksLikeOne = ",\"timestamp\":1,\"";
        RawJson data = RawJson.parse("{\"a\":1,\"timestamp\":2}".getBytes(UTF_8));
        RawJson extras = RawJson.parse("{\"a\":1,\"timestamp\":3}".getBytes(UTF_8));
        String quotes = "\"".repeat(Message.MAX_FIELD_LENGTH);
        return Stream.of(
                arguments(new Message(CHANNEL, "1", data, null, null, TIME), true),
                arguments(new Message(CHANNEL, looksLikeOne, data, looksLikeOne, looksLikeOne, TIME), true),
                arguments(new Message(CHANNEL, "1", data, Message.BASE64, "n", "c", null, TIME), true),
                arguments(new Message(CHANNEL, "1", data, null, null, TIME).withOrigin(origin), true),
                arguments(new Message(CHANNEL, "1", data, "n", "c", TIME).withOrigin(origin), true),
                arguments(new Message(CHANNEL, "1", data, null, null, null, extras, TIME), false),
                arguments(new Message(CHANNEL, "1", data, null, null, null, extras, TIME).withOrigin(origin), false),
                arguments(new Message(CHANNEL, "1", data, quotes, quotes, TIME), false));
    }

    @ParameterizedTest
    @MethodSource("messagesWithTheirTime")
    void acceptedAt_isReadFromTheEnd_whereTheEndTells(Message message, boolean isTold) {
        // When
        long millis = StoredMessage.of(message).acceptedAtMillis();

        // Then
        assertThat(millis).isEqualTo(isTold ? TIME.toEpochMilli() : -1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"timestamp\":1}",
                "{,\"timestamp\":}",
                "{,\"timestamp\":1234567890123456}",
                "{\"a\":1,\"timestamp\":-1}",
                "{\"a\":1,\"timestamp\":1e3}",
                "{\"a\":1,\"timestamp\":\"1\"}"
            })
    void bytesOfOthers_haveNoTimeThatIsToldByTheirEnd(String json) {
        assertThat(StoredMessage.ofStored(json.getBytes(UTF_8)).acceptedAtMillis())
                .isEqualTo(-1);
    }
}

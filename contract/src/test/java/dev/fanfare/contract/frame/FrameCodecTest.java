package dev.fanfare.contract.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

    private static final Channel ISS = new Channel("iss.telemetry");
    private static final StartPoint NOW = new StartPoint.Now();

    @ParameterizedTest
    @MethodSource
    void request_isUnderstood(String text, ClientFrame expected) {
        // When
        FrameReading reading = FrameCodec.read(text);

        // Then
        assertThat(reading).isEqualTo(new FrameReading.Understood(expected));
    }

    static Object[] request_isUnderstood() {
        return new Object[] {
            understood(
                    "{\"action\":\"subscribe\",\"channel\":\"iss.telemetry\"}",
                    new ClientFrame.Subscribe(ISS, NOW, null)),
            understood(
                    "{\"channel\":\"iss.telemetry\",\"id\":\"a\\u0031\",\"action\":\"subscribe\"}",
                    new ClientFrame.Subscribe(ISS, NOW, new RequestId("\"a\\u0031\""))),
            understood(
                    "{\"action\":\"unsubscribe\",\"channel\":\"iss.telemetry\",\"id\":-7}",
                    new ClientFrame.Unsubscribe(ISS, new RequestId("-7"))),
            subscribeFrom("\"recover\":null", NOW),
            subscribeFrom(
                    "\"recover\":{\"offset\":7,\"epoch\":\"e1\",\"x\":[1]}",
                    new StartPoint.After(new StreamPosition("e1", 7), null)),
            subscribeFrom(
                    "\"recover\":{\"offset\":0,\"epoch\":\"e1\",\"messageId\":\"m\"}",
                    new StartPoint.After(new StreamPosition("e1", 0), "m")),
            subscribeFrom("\"rewind\":3", new StartPoint.Newest(3)),
            subscribeFrom("\"rewind\":\"90s\"", new StartPoint.Within(Duration.ofSeconds(90))),
            subscribeFrom("\"rewind\":\"2m\"", new StartPoint.Within(Duration.ofMinutes(2))),
            subscribeFrom("\"rewind\":\"1h\"", new StartPoint.Within(Duration.ofHours(1))),
            understood("{\"action\":\"ping\",\"id\":null}", new ClientFrame.Ping(null)),
            understood(
                    "{\"later\":{\"x\":[1]},\"action\":\"ping\",\"id\":1}", new ClientFrame.Ping(new RequestId("1"))),
        };
    }

    private static Arguments subscribeFrom(String field, StartPoint start) {
        return understood(
                "{\"action\":\"subscribe\",\"channel\":\"iss.telemetry\"," + field + "}",
                new ClientFrame.Subscribe(ISS, start, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"recover\":7",
                "\"recover\":[]",
                "\"recover\":{}",
                "\"recover\":{\"epoch\":\"e1\"}",
                "\"recover\":{\"epoch\":\"e1\",\"offset\":-1}",
                "\"recover\":{\"epoch\":\"e1\",\"offset\":1.5}",
                "\"recover\":{\"epoch\":\"e1\",\"offset\":99999999999999999999}",
                "\"recover\":{\"epoch\":\"\",\"offset\":1}",
                "\"recover\":{\"epoch\":\"e 1\",\"offset\":1}",
                "\"recover\":{\"epoch\":\"12345678901234567\",\"offset\":1}",
                "\"rewind\":0",
                "\"rewind\":-1",
                "\"rewind\":3000000000",
                "\"rewind\":99999999999999999999",
                "\"rewind\":\"2\"",
                "\"rewind\":\"0s\"",
                "\"rewind\":\"2d\"",
                "\"rewind\":{}",
                "\"rewind\":1,\"recover\":{\"epoch\":\"e1\",\"offset\":1}",
            })
    void badStartPoint_isRefused(String field) {
        // When
        FrameReading reading = FrameCodec.read("{\"action\":\"subscribe\",\"channel\":\"c\",\"id\":1," + field + "}");

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        FrameReading.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FIELD_INVALID));
    }

    private static Arguments understood(String text, ClientFrame frame) {
        return Arguments.of(text, frame);
    }

    @ParameterizedTest
    @MethodSource
    void badRequest_hasItsOwnCode(String text, ErrorCode code, @Nullable String idJson) {
        // When
        FrameReading reading = FrameCodec.read(text);

        // Then
        assertThat(reading).isInstanceOfSatisfying(FrameReading.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.id() == null ? null : refused.id().json()).isEqualTo(idJson);
        });
    }

    static Object[][] badRequest_hasItsOwnCode() {
        return new Object[][] {
            {"", ErrorCode.FRAME_NOT_JSON, null},
            {"hello", ErrorCode.FRAME_NOT_JSON, null},
            {"{\"action\":\"ping\"", ErrorCode.FRAME_NOT_JSON, null},
            {"{\"id\":3,\"action\":\"ping\"", ErrorCode.FRAME_NOT_JSON, "3"},
            {"{\"action\":\"ping\"} {}", ErrorCode.FRAME_NOT_JSON, null},
            {"{\"action\":\"ping\",\"action\":\"ping\"}", ErrorCode.FRAME_NOT_JSON, null},
            {"[1", ErrorCode.FRAME_NOT_JSON, null},
            {"[]", ErrorCode.FRAME_NOT_OBJECT, null},
            {"\"subscribe\"", ErrorCode.FRAME_NOT_OBJECT, null},
            {"null", ErrorCode.FRAME_NOT_OBJECT, null},
            {"{\"x\":" + "[".repeat(64) + "]".repeat(64) + "}", ErrorCode.FRAME_TOO_DEEP, null},
            {"{}", ErrorCode.ACTION_UNKNOWN, null},
            {"{\"action\":7}", ErrorCode.ACTION_UNKNOWN, null},
            {"{\"action\":{\"a\":\"channel\"},\"id\":1}", ErrorCode.ACTION_UNKNOWN, "1"},
            {"{\"action\":\"explode\",\"id\":\"x\"}", ErrorCode.ACTION_UNKNOWN, "\"x\""},
            {"{\"action\":\"subscribe\"}", ErrorCode.CHANNEL_INVALID, null},
            {"{\"action\":\"subscribe\",\"channel\":[\"a\"]}", ErrorCode.CHANNEL_INVALID, null},
            {"{\"action\":\"subscribe\",\"channel\":\"\"}", ErrorCode.CHANNEL_INVALID, null},
            {"{\"action\":\"subscribe\",\"channel\":\"" + "x".repeat(300) + "\"}", ErrorCode.CHANNEL_INVALID, null},
            {"{\"action\":\"ping\",\"id\":1.5}", ErrorCode.FIELD_INVALID, null},
            {"{\"action\":\"ping\",\"id\":{}}", ErrorCode.FIELD_INVALID, null},
            {"{\"action\":\"ping\",\"id\":\"" + "x".repeat(63) + "\"}", ErrorCode.FIELD_INVALID, null},
        };
    }

    @ParameterizedTest
    @MethodSource
    void serverFrame_hasItsDocumentedForm(ServerFrame frame, String json) {
        // When, Then
        assertThat(FrameCodec.write(frame)).isEqualTo(json);
    }

    static Object[][] serverFrame_hasItsDocumentedForm() {
        var id = new RequestId("\"r1\"");
        return new Object[][] {
            {new ServerFrame.Welcome("k7"), "{\"event\":\"welcome\",\"connectionId\":\"k7\"}"},
            {
                new ServerFrame.Subscribed(ISS, id, new StreamPosition("e1", 7), false, false),
                "{\"event\":\"subscribed\",\"channel\":\"iss.telemetry\",\"id\":\"r1\",\"epoch\":\"e1\",\"offset\":7,"
                        + "\"recovered\":false}"
            },
            {
                new ServerFrame.Subscribed(ISS, id, new StreamPosition("e1", 7), true, true),
                "{\"event\":\"subscribed\",\"channel\":\"iss.telemetry\",\"id\":\"r1\",\"epoch\":\"e1\",\"offset\":7,"
                        + "\"recovered\":true,\"ephemeral\":true}"
            },
            {
                new ServerFrame.Unsubscribed(ISS, id),
                "{\"event\":\"unsubscribed\",\"channel\":\"iss.telemetry\",\"id\":\"r1\"}"
            },
            {
                new ServerFrame.Discontinuity(ISS, new StreamPosition("e2", 3), "epoch-changed"),
                "{\"event\":\"discontinuity\",\"channel\":\"iss.telemetry\",\"epoch\":\"e2\",\"offset\":3,"
                        + "\"reason\":\"epoch-changed\"}"
            },
            {new ServerFrame.Degraded(), "{\"event\":\"degraded\"}"},
            {new ServerFrame.Restored(), "{\"event\":\"restored\"}"},
            {new ServerFrame.Reconnect(Duration.ofMillis(1500)), "{\"event\":\"reconnect\",\"afterMs\":1500}"},
            {new ServerFrame.Pong(null), "{\"event\":\"pong\"}"},
            {
                new ServerFrame.Failed(ErrorCode.FRAME_NOT_JSON, null, null),
                "{\"error\":\"Invalid message format\",\"code\":40001}"
            },
            {
                new ServerFrame.Failed(ErrorCode.ACTION_UNKNOWN, "why", id),
                "{\"error\":\"Invalid action or channel name\",\"code\":40005,\"detail\":\"why\",\"id\":\"r1\"}"
            },
        };
    }

    @Test
    void publicationFrame_isSplicedFromStoredBytes() {
        // Given
        var message = new Message(ISS, "a", RawJson.ofString("hi"), null, null, Instant.ofEpochMilli(5));
        var publication = new Publication(new StreamPosition("e1", 7), "m7", "m6", StoredMessage.of(message));

        // When
        var frame = PublicationFrame.of(PublicationFrame.head(ISS), publication);

        // Then
        assertThat(frame)
                .hasToString("{\"channel\":\"iss.telemetry\",\"message\":\"hi\",\"id\":\"a\",\"timestamp\":5,"
                        + "\"epoch\":\"e1\",\"offset\":7}");
    }

    @Test
    void plainMessage_isAString() {
        // When
        var frame = PublicationFrame.ofPlain(PublicationFrame.head(ISS), "say \"hi\"\n");

        // Then
        assertThat(frame).hasToString("{\"channel\":\"iss.telemetry\",\"message\":\"say \\\"hi\\\"\\n\"}");
    }
}

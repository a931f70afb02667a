package dev.fanfare.contract.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.PageRequest.Direction;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    @Test
    void publishRequest_keepsItsDataByteForByte() throws IOException {
        // Given
        String text = "{\"action\":\"publish\",\"channel\":\"iss.telemetry\",\"data\": { \"b\":1.50, \"a\":1e400 } ,"
                + "\"messageId\":\"m\",\"name\":\"n\",\"encoding\":null,\"extras\":{\"x\": [1]},\"id\":1}";

        // When
        FrameReading reading = FrameCodec.read(text);

        // Then
        assertThat(reading)
                .isEqualTo(new FrameReading.Understood(new ClientFrame.Publish(
                        ISS,
                        json("{ \"b\":1.50, \"a\":1e400 }"),
                        "m",
                        "n",
                        null,
                        json("{\"x\": [1]}"),
                        new RequestId("1"))));
    }

    @Test
    void publishRequest_needsOnlyChannelAndData() throws IOException {
        // When, Then
        assertThat(FrameCodec.read("{\"data\":null,\"action\":\"publish\",\"channel\":\"iss.telemetry\"}"))
                .isEqualTo(new FrameReading.Understood(
                        new ClientFrame.Publish(ISS, json("null"), null, null, null, null, null)));
        assertThat(FrameCodec.read("{\"action\":\"publish\",\"channel\":\"iss.telemetry\",\"data\":\"AA==\","
                        + "\"encoding\":\"base64\"}"))
                .isEqualTo(new FrameReading.Understood(
                        new ClientFrame.Publish(ISS, json("\"AA==\""), null, null, "base64", null, null)));
    }

    private static RawJson json(String text) throws IOException {
        return RawJson.parse(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\":1",
                "\"data\":1,\"messageId\":7",
                "\"data\":1,\"messageId\":\"\"",
                "\"data\":1,\"messageId\":\"a\\nb\"",
                "\"data\":1,\"messageId\":\"\\ud800\"",
                "\"data\":1,\"name\":[\"a\"]",
                "\"data\":1,\"extras\":[]",
                "\"data\":\"AA==\",\"encoding\":\"hex\"",
                "\"data\":\"A\",\"encoding\":\"base64\"",
                "\"data\":\"AA\",\"encoding\":\"base64\"",
                "\"data\":1,\"encoding\":\"base64\"",
            })
    void badPublish_isRefused(String fields) {
        // When
        FrameReading reading = FrameCodec.read("{\"action\":\"publish\",\"channel\":\"c\",\"id\":1," + fields + "}");

        // Then
        assertThat(reading).isInstanceOfSatisfying(FrameReading.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.FIELD_INVALID);
            assertThat(refused.id()).isEqualTo(new RequestId("1"));
        });
    }

    @Test
    void fieldsOfOtherActions_areIgnored() {
        // When, Then
        assertThat(FrameCodec.read("{\"action\":\"ping\",\"messageId\":7,\"limit\":\"x\",\"from\":[1],\"extras\":1}"))
                .isEqualTo(new FrameReading.Understood(new ClientFrame.Ping(null)));
    }

    @Test
    void historyRequest_isUnderstood() {
        // When, Then
        assertThat(FrameCodec.read("{\"action\":\"history\",\"channel\":\"iss.telemetry\"}"))
                .isEqualTo(new FrameReading.Understood(new ClientFrame.History(
                        ISS, Direction.NEWEST_FIRST, null, null, Long.MIN_VALUE, Long.MAX_VALUE, 100, null)));
        assertThat(FrameCodec.read(
                        "{\"action\":\"history\",\"channel\":\"iss.telemetry\",\"direction\":\"forwards\",\"limit\":7,"
                                + "\"from\":{\"epoch\":\"e1\",\"offset\":0},\"to\":{\"epoch\":\"e1\",\"offset\":9},"
                                + "\"start\":5,\"end\":6,\"id\":\"h\"}"))
                .isEqualTo(new FrameReading.Understood(new ClientFrame.History(
                        ISS,
                        Direction.OLDEST_FIRST,
                        new StreamPosition("e1", 0),
                        new StreamPosition("e1", 9),
                        5,
                        6,
                        7,
                        new RequestId("\"h\""))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"direction\":\"oldest-first\"",
                "\"direction\":1",
                "\"limit\":0",
                "\"limit\":1001",
                "\"limit\":\"7\"",
                "\"limit\":99999999999999999999",
                "\"from\":\"e1:7\"",
                "\"to\":{\"epoch\":\"e1\"}",
                "\"start\":-1",
                "\"end\":1.5",
            })
    void badHistory_isRefused(String field) {
        // When
        FrameReading reading = FrameCodec.read("{\"action\":\"history\",\"channel\":\"c\",\"id\":1," + field + "}");

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        FrameReading.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FIELD_INVALID));
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
                new ServerFrame.Published(ISS, id, "m\"1", new StreamPosition("e1", 7), false),
                "{\"event\":\"published\",\"channel\":\"iss.telemetry\",\"id\":\"r1\",\"messageId\":\"m\\\"1\","
                        + "\"epoch\":\"e1\",\"offset\":7}"
            },
            {
                new ServerFrame.Published(ISS, id, "m", new StreamPosition("e1", 7), true),
                "{\"event\":\"published\",\"channel\":\"iss.telemetry\",\"id\":\"r1\",\"messageId\":\"m\","
                        + "\"epoch\":\"e1\",\"offset\":7,\"duplicate\":true}"
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
    void historyPage_isSplicedFromStoredBytes() {
        // Given
        var position = new StreamPosition("e1", 8);
        var request = new ClientFrame.History(
                ISS, Direction.OLDEST_FIRST, null, null, 5, Long.MAX_VALUE, 2, new RequestId("1"));
        var next = new ClientFrame.History(
                ISS, Direction.OLDEST_FIRST, new StreamPosition("e1", 7), position, 5, Long.MAX_VALUE, 2, null);

        // When
        var page = HistoryFrame.of(request, position, List.of(publication(6), publication(7)), next);
        var empty = HistoryFrame.of(request, null, List.of(), null);

        // Then
        assertThat(FrameCodec.write(new ServerFrame.History(page)))
                .isEqualTo("{\"event\":\"history\",\"channel\":\"iss.telemetry\",\"id\":1,"
                        + "\"position\":{\"epoch\":\"e1\",\"offset\":8},\"messages\":["
                        + "{\"channel\":\"iss.telemetry\",\"message\":\"hi\",\"id\":\"a6\",\"timestamp\":5,"
                        + "\"epoch\":\"e1\",\"offset\":6},"
                        + "{\"channel\":\"iss.telemetry\",\"message\":\"hi\",\"id\":\"a7\",\"timestamp\":5,"
                        + "\"epoch\":\"e1\",\"offset\":7}],"
                        + "\"next\":{\"direction\":\"forwards\",\"limit\":2,\"from\":{\"epoch\":\"e1\",\"offset\":7},"
                        + "\"to\":{\"epoch\":\"e1\",\"offset\":8},\"start\":5}}");
        assertThat(page.length()).isEqualTo(page.toString().length());
        assertThat(empty).hasToString("{\"event\":\"history\",\"channel\":\"iss.telemetry\",\"id\":1,\"messages\":[]}");
    }

    private static Publication publication(long offset) {
        var message = new Message(ISS, "a" + offset, RawJson.ofString("hi"), null, null, Instant.ofEpochMilli(5));
        return new Publication(new StreamPosition("e1", offset), "m", "m", StoredMessage.of(message));
    }

    @Test
    void plainMessage_isAString() {
        // When
        var frame = PublicationFrame.ofPlain(PublicationFrame.head(ISS), "say \"hi\"\n");

        // Then
        assertThat(frame).hasToString("{\"channel\":\"iss.telemetry\",\"message\":\"say \\\"hi\\\"\\n\"}");
    }
}

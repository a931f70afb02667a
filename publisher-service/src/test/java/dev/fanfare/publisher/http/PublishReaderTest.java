package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.messaging.publish.Draft;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishReaderTest {

    private static final Channel CHANNEL = new Channel("orders:1");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            {"data":1}                                          | 1            | -  | -  | -
            {"data":null}                                       | null         | -  | -  | -
            {"data":""}                                         | ""           | -  | -  | -
            { "data" : 1.50 }                                   | 1.50         | -  | -  | -
            {"data":12345678901234567890.10}                    | 12345678901234567890.10 | - | - | -
            {"data":{"a":[1, 2]},"id":"i"}                      | {"a":[1, 2]} | i  | -  | -
            {"id":"i","name":"n","clientId":"c","data":[]}      | []           | i  | n  | c
            {"data":0,"id":null,"name":null,"clientId":null}    | 0            | -  | -  | -
            {"data":"\\ud83d","id":"\\u0069"}                   | "\\ud83d"    | i  | -  | -
            {"data":"é😀","name":"é😀"}                          | "é😀"         | -  | é😀 | -
            """)
    void jsonBody_becomesDraft(
            String body, String data, @Nullable String id, @Nullable String name, @Nullable String clientId)
            throws IOException {
        // When
        PublishReading reading = PublishReader.read(json(), body.getBytes(UTF_8));

        // Then
        var draft = new Draft(CHANNEL, RawJson.parse(data.getBytes(UTF_8)), id, name, clientId);
        assertThat(reading).isEqualTo(new PublishReading.Understood(draft));
    }

    @ParameterizedTest
    @MethodSource
    void badJsonBody_isRefusedByName(String body, ErrorCode code, String detail) {
        // When
        PublishReading reading = PublishReader.read(json(), body.getBytes(UTF_8));

        // Then
        assertRefused(reading, code, detail);
    }

    static Object[] badJsonBody_isRefusedByName() {
        return new Object[] {
            refused("", ErrorCode.BODY_INVALID, "empty"),
            refused(" ", ErrorCode.BODY_INVALID, "not a JSON object"),
            refused("{}", ErrorCode.BODY_INVALID, "\"data\" is missing"),
            refused("[]", ErrorCode.BODY_INVALID, "no message"),
            refused("[[]]", ErrorCode.BODY_INVALID, "message 0: it is not a JSON object"),
            refused("[{\"data\":1},2]", ErrorCode.BODY_INVALID, "message 1: it is not a JSON object"),
            refused("[{\"data\":1},{\"id\":\"i\"}]", ErrorCode.BODY_INVALID, "message 1: \"data\" is missing"),
            refused("[{\"data\":1,\"channel\":\"a\"}]", ErrorCode.BODY_INVALID, "\"channel\""),
            refused("[{\"data\":1}", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("[{\"data\":1}]]", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("[{\"data\":1}][]", ErrorCode.BODY_NOT_JSON, "follows"),
            refused(
                    "[{\"data\":1,\"id\":\"i\"},{\"data\":2,\"id\":\"i\"}]",
                    ErrorCode.IDS_CONTRADICT,
                    "message 1: another message"),
            refused("\"data\"", ErrorCode.BODY_INVALID, "not a JSON object"),
            refused("null", ErrorCode.BODY_INVALID, "not a JSON object"),
            refused("[1", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{\"data\":", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{\"data\":}", ErrorCode.BODY_NOT_JSON, "column 9"),
            refused("{\"data\":01}", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{\"data\":NaN}", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{'data':1}", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{\"data\":1,}", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{\"data\":1} x", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{\"data\":1}{}", ErrorCode.BODY_NOT_JSON, "follows"),
            refused("{\"data\":1,\"data\":2}", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{\"data\":{\"a\":1,\"a\":2}}", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("\ufeff{\"data\":1}", ErrorCode.BODY_NOT_JSON, "line 1"),
            refused("{\"data\":1,\"idd\":\"x\"}", ErrorCode.BODY_INVALID, "\"idd\""),
            refused("{\"data\":1,\"Id\":\"x\"}", ErrorCode.BODY_INVALID, "\"Id\""),
            refused("{\"data\":1,\"id\":7}", ErrorCode.BODY_INVALID, "\"id\" is not a string"),
            refused("{\"data\":1,\"name\":[]}", ErrorCode.BODY_INVALID, "\"name\" is not a string"),
            refused("{\"data\":1,\"clientId\":{\"a\":1}}", ErrorCode.BODY_INVALID, "\"clientId\" is not a string"),
            refused("{\"data\":1,\"id\":\"\"}", ErrorCode.BODY_INVALID, "\"id\" has 1 to 128"),
            refused("{\"data\":1,\"id\":\"" + "x".repeat(129) + "\"}", ErrorCode.BODY_INVALID, "\"id\" has 1 to 128"),
            refused("{\"data\":1,\"id\":\"a\\u0000\"}", ErrorCode.BODY_INVALID, "control"),
            refused("{\"data\":1,\"id\":\"\\ud83d\"}", ErrorCode.BODY_INVALID, "cannot be sent on"),
            refused("{\"data\":1,\"extras\":[]}", ErrorCode.BODY_INVALID, "\"extras\" is not an object"),
            refused("{\"data\":1,\"extras\":\"x\"}", ErrorCode.BODY_INVALID, "\"extras\" is not an object"),
            refused("{\"data\":\"AA==\",\"encoding\":\"hex\"}", ErrorCode.BODY_INVALID, "\"encoding\" is"),
            refused("{\"data\":\"AA==\",\"encoding\":7}", ErrorCode.BODY_INVALID, "\"encoding\" is not a string"),
            refused("{\"data\":\"A\",\"encoding\":\"base64\"}", ErrorCode.BODY_INVALID, "not a string in base64"),
            refused("{\"data\":\"A-_=\",\"encoding\":\"base64\"}", ErrorCode.BODY_INVALID, "not a string in base64"),
            refused("{\"data\":7,\"encoding\":\"base64\"}", ErrorCode.BODY_INVALID, "not a string in base64"),
            refused("{\"data\":" + "[".repeat(64) + "]".repeat(64) + "}", ErrorCode.BODY_INVALID, "64 levels"),
            refused("{\"data\":" + "1".repeat(1001) + "}", ErrorCode.BODY_INVALID, "too long"),
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00ff", "\u00e2\u0082"})
    void illFormedUtf8_isRefused(String bytesAsLatin1) {
        // Given
        byte[] json = ("{\"data\":\"" + bytesAsLatin1 + "\"}").getBytes(ISO_8859_1);

        // When
        PublishReading reading = PublishReader.read(json(), json);
        PublishReading ofText = PublishReader.read(text("text/plain"), bytesAsLatin1.getBytes(ISO_8859_1));

        // Then
        assertRefused(reading, ErrorCode.BODY_NOT_JSON, "UTF-8");
        assertRefused(ofText, ErrorCode.BODY_INVALID, "UTF-8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            application/json
            APPLICATION/JSON
            application/json; charset=utf-8
            application/json;charset="UTF-8"
            """)
    void jsonContentType_isUnderstood(String contentType) {
        // When
        PublishReading reading = PublishReader.read(text(contentType), "{\"data\":1}".getBytes(UTF_8));

        // Then
        assertThat(reading).isInstanceOf(PublishReading.Understood.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-16",
                "application/xml",
                "application/x-www-form-urlencoded",
                "text/html",
                "text/plain; charset=windows-1252",
                "text/plain; charset=nonsense",
                "text/plain; charset=\"\"",
                "*/*",
                "json",
                ";",
                ""
            })
    void otherContentType_isRefused(String contentType) {
        // When
        PublishReading reading = PublishReader.read(text(contentType), "{\"data\":1}".getBytes(UTF_8));

        // Then
        assertRefused(reading, ErrorCode.MEDIA_TYPE_UNSUPPORTED, "");
    }

    @Test
    void missingContentTypeAndEncodedBody_areRefused() {
        // Given
        var untyped = new PublishHead("a", false, null, null, List.of(), Map.of());
        var gzipped = new PublishHead("a", false, "application/json", "gzip", List.of(), Map.of());

        // When, Then
        assertRefused(PublishReader.read(untyped, new byte[] {'1'}), ErrorCode.MEDIA_TYPE_UNSUPPORTED, "names no");
        assertRefused(
                PublishReader.read(gzipped, new byte[] {'1'}), ErrorCode.MEDIA_TYPE_UNSUPPORTED, "Content-Encoding");
    }

    @Test
    void text_isDecodedByItsCharsetAndBecomesAString() {
        // When
        PublishReading utf8 = PublishReader.read(text("text/plain"), "é\"\n".getBytes(UTF_8));
        PublishReading latin1 = PublishReader.read(text("text/plain;charset=iso-8859-1"), "é\"\n".getBytes(ISO_8859_1));
        PublishReading utf16 = PublishReader.read(text("text/plain; charset=UTF-16LE"), "é\"\n".getBytes(UTF_16LE));

        // Then
        var expected = new PublishReading.Understood(new Draft(CHANNEL, RawJson.ofString("é\"\n"), null, null, null));
        assertThat(List.of(utf8, latin1, utf16)).containsOnly(expected);
    }

    @Test
    void textThatIsEmptyOrNotOfItsCharset_isRefused() {
        // When, Then
        assertRefused(PublishReader.read(text("text/plain"), new byte[0]), ErrorCode.BODY_INVALID, "empty");
        assertRefused(
                PublishReader.read(text("text/plain;charset=us-ascii"), "é".getBytes(UTF_8)),
                ErrorCode.BODY_INVALID,
                "US-ASCII");
        assertRefused(
                PublishReader.read(text("text/plain;charset=utf-16le"), new byte[] {1}),
                ErrorCode.BODY_INVALID,
                "UTF-16LE");
    }

    @Test
    void textWithParameters_takesItsFieldsFromThere() {
        // Given
        var head = new PublishHead(
                CHANNEL.name(),
                false,
                "text/plain",
                "identity",
                List.of("\"i\""),
                Map.of("id", List.of("i"), "name", List.of("n"), "clientId", List.of("c")));

        // When
        PublishReading reading = PublishReader.read(head, "x".getBytes(UTF_8));

        // Then
        assertThat(reading)
                .isEqualTo(new PublishReading.Understood(new Draft(CHANNEL, RawJson.ofString("x"), "i", "n", "c")));
    }

    @ParameterizedTest
    @MethodSource
    void badParameter_isRefusedByName(
            String contentType, List<String> keys, Map<String, List<String>> query, String detail) {
        // Given
        var head = new PublishHead("a", false, contentType, null, keys, query);

        // When
        PublishReading reading = PublishReader.read(head, "{\"data\":1,\"id\":\"i\"}".getBytes(UTF_8));

        // Then
        assertRefused(reading, ErrorCode.PARAMETER_INVALID, detail);
    }

    static Object[] badParameter_isRefusedByName() {
        List<String> none = List.of();
        return new Object[] {
            Arguments.of("text/plain", none, Map.of("idd", List.of("1")), "\"idd\""),
            Arguments.of("text/plain", none, Map.of("encoding", List.of("base64")), "\"encoding\""),
            Arguments.of("text/plain", none, Map.of("id", List.of("1", "1")), "more than once"),
            Arguments.of("text/plain", none, Map.of("id", List.of("")), "\"id\" has 1 to 128"),
            Arguments.of("text/plain", none, Map.of("name", List.of("x".repeat(129))), "\"name\" has 1 to 128"),
            Arguments.of("text/plain", none, Map.of("id", List.of("\ufffd")), "cannot be sent on"),
            Arguments.of("application/json", none, Map.of("id", List.of("i")), "belongs in the body"),
            Arguments.of("application/json", none, Map.of("x", List.of("i")), "\"x\""),
            Arguments.of("application/json", List.of("i", "i"), Map.of(), "more than one"),
            Arguments.of("application/json", List.of(""), Map.of(), "Idempotency-Key has 1 to 120"),
            Arguments.of("application/json", List.of("\"\""), Map.of(), "Idempotency-Key has 1 to 128"),
            Arguments.of("application/json", List.of("k".repeat(121)), Map.of(), "Idempotency-Key has 1 to 120"),
            Arguments.of("application/json", List.of("é"), Map.of(), "cannot be sent on"),
        };
    }

    @Test
    void headerAndFieldThatDiffer_contradictEachOther() {
        // Given
        var json = new PublishHead("a", false, "application/json", null, List.of("j"), Map.of());
        var text = new PublishHead("a", false, "text/plain", null, List.of("j"), Map.of("id", List.of("i")));

        // When, Then
        byte[] body = "{\"data\":1,\"id\":\"i\"}".getBytes(UTF_8);
        assertRefused(PublishReader.read(json, body), ErrorCode.IDS_CONTRADICT, "differ");
        assertRefused(PublishReader.read(text, body), ErrorCode.IDS_CONTRADICT, "differ");
    }

    @Test
    void bytes_becomeAStringInBase64() {
        // Given
        var head = new PublishHead(
                CHANNEL.name(), false, "application/octet-stream", null, List.of("i"), Map.of("name", List.of("n")));

        // When
        PublishReading reading = PublishReader.read(head, new byte[] {0, -1, 62});
        PublishReading empty = PublishReader.read(head, new byte[0]);

        // Then
        var draft = new Draft(CHANNEL, RawJson.ofString("AP8+"), "base64", "i", "n", null, null);
        assertThat(reading).isEqualTo(new PublishReading.Understood(draft));
        assertRefused(empty, ErrorCode.BODY_INVALID, "empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"AP8=\"", "\"AP8+\"", "\"AP8\\u002b\"", "\"\"", "\"A\\/8=\""})
    void dataInBase64_isTakenAsItCame(String data) throws IOException {
        // When
        PublishReading reading =
                PublishReader.read(json(), ("{\"encoding\":\"base64\",\"data\":" + data + "}").getBytes(UTF_8));

        // Then
        var draft = new Draft(CHANNEL, RawJson.parse(data.getBytes(UTF_8)), "base64", null, null, null, null);
        assertThat(reading).isEqualTo(new PublishReading.Understood(draft));
    }

    @Test
    void extras_areKeptAsTheyCame() throws IOException {
        // When
        PublishReading reading =
                PublishReader.read(json(), "{\"data\":1,\"extras\":{\"n\": 1.50},\"encoding\":null}".getBytes(UTF_8));
        PublishReading none = PublishReader.read(json(), "{\"data\":1,\"extras\":null}".getBytes(UTF_8));

        // Then
        RawJson one = RawJson.parse("1".getBytes(UTF_8));
        RawJson extras = RawJson.parse("{\"n\": 1.50}".getBytes(UTF_8));
        assertThat(reading)
                .isEqualTo(new PublishReading.Understood(new Draft(CHANNEL, one, null, null, null, null, extras)));
        assertThat(none).isEqualTo(new PublishReading.Understood(new Draft(CHANNEL, one, null, null, null)));
    }

    @Test
    void array_becomesDraftsInItsOrder() {
        // When
        PublishReading reading = PublishReader.read(
                json(), " [ {\"data\":1}, {\"data\":[2],\"id\":\"i\",\"name\":\"n\"} ] ".getBytes(UTF_8));

        // Then
        assertThat(reading)
                .isInstanceOfSatisfying(
                        PublishReading.Sequence.class,
                        sequence -> assertThat(sequence.drafts())
                                .extracting(draft -> draft.data() + " " + draft.id() + " " + draft.name())
                                .containsExactly("1 null null", "[2] i n"));
    }

    @Test
    void arrayUnderAnIdempotencyKey_getsNumberedIds() {
        // Given
        byte[] two = "[{\"data\":1},{\"data\":2}]".getBytes(UTF_8);
        byte[] named = "[{\"data\":1},{\"data\":2,\"id\":\"k:1\"}]".getBytes(UTF_8);

        // When
        PublishReading reading = PublishReader.read(keyed("\"k\""), two);
        PublishReading longest = PublishReader.read(keyed("k".repeat(120)), two);
        PublishReading tooLong = PublishReader.read(keyed("k".repeat(121)), two);
        PublishReading withId = PublishReader.read(keyed("k"), named);

        // Then
        assertThat(((PublishReading.Sequence) reading).drafts())
                .extracting(Draft::id)
                .containsExactly("k:0", "k:1");
        assertThat(longest).isInstanceOf(PublishReading.Sequence.class);
        assertRefused(tooLong, ErrorCode.PARAMETER_INVALID, "1 to 120");
        assertRefused(withId, ErrorCode.IDS_CONTRADICT, "message 1");
    }

    private static PublishHead keyed(String key) {
        return new PublishHead("a", false, "application/json", null, List.of(key), Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a*", "ä", "{a}", "a\"", "\ufffd", "a\u0000"})
    void badChannel_isRefused(String channel) {
        // Given
        var head = new PublishHead(channel, false, "application/json", null, List.of(), Map.of());

        // When
        PublishReading reading = PublishReader.read(head, "{\"data\":1}".getBytes(UTF_8));

        // Then
        assertRefused(reading, ErrorCode.CHANNEL_INVALID, "not a channel name");
    }

    @Test
    void channelCutAtASemicolon_isRefused() {
        // Given
        var head = new PublishHead("a", true, "application/json", null, List.of(), Map.of());

        // When
        PublishReading reading = PublishReader.read(head, "{\"data\":1}".getBytes(UTF_8));

        // Then
        assertRefused(reading, ErrorCode.CHANNEL_INVALID, "%3B");
    }

    private static PublishHead json() {
        return text("application/json");
    }

    private static PublishHead text(String contentType) {
        return new PublishHead(CHANNEL.name(), false, contentType, null, List.of(), Map.of());
    }

    private static Arguments refused(String body, ErrorCode code, String detail) {
        return Arguments.of(body, code, detail);
    }

    private static void assertRefused(PublishReading reading, ErrorCode code, String detail) {
        assertThat(reading).isInstanceOfSatisfying(PublishReading.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(code);
            assertThat(refused.problem().detail()).contains(detail);
        });
    }
}

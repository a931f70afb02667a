package dev.fanfare.telemetry.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonPointer;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.StreamOutcome.Received;
import dev.fanfare.telemetry.source.StreamOutcome.Skipped;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules and examples of the HTML standard, 9.2.6.
class EventStreamParserTest {

    private static final int MAX_BYTES = 100;
    private static final Duration IDLE = Duration.ofSeconds(1);

    private EventStreamParser parser = parserOf(new TextBody(), Set.of());

    /// Bars stand for line feeds.
    static Stream<Arguments> blocks() {
        return Stream.of(
                arguments("data: a||", List.of("\"a\"")),
                arguments("data:a||", List.of("\"a\"")),
                arguments("data:  a||", List.of("\" a\"")),
                arguments("data: a|data: b||", List.of("\"a\\nb\"")),
                arguments("data: a||data: b||", List.of("\"a\"", "\"b\"")),
                arguments("data||", List.of("\"\"")),
                arguments("data|data||", List.of("\"\\n\"")),
                arguments("data:||", List.of("\"\"")),
                arguments(": comment||", List.of()),
                arguments("||", List.of()),
                arguments("data: never ended|", List.of()),
                arguments("id: 1||", List.of()),
                arguments("datas: a||", List.of()),
                arguments("data: a|unknown: b|: c||", List.of("\"a\"")),
                arguments("data: é||", List.of("\"é\"")),
                arguments("data: a:b||", List.of("\"a:b\"")),
                arguments("\uFEFFdata: a||", List.of("\"a\"")),
                arguments("data: a|\uFEFFdata: b||", List.of("\"a\"")),
                arguments("\uFEFF\uFEFFdata: a||", List.of()));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void block_isAnEventWhenItHasData(String text, List<String> expected) {
        // When
        List<String> all = eventsIn(text.replace('|', '\n'));

        // Then
        assertThat(all).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void everyLineEnd_isUnderstoodHoweverTheBytesAreCut(String lineEnd) {
        // Given
        byte[] bytes = "data: é1\ndata: 2\n\n:\n\nevent: x\nid: 7\ndata: 3\n\n"
                .replace("\n", lineEnd)
                .getBytes(UTF_8);

        for (int cut = 0; cut <= bytes.length; cut++) {
            // When
            parser = parserOf(new TextBody(), Set.of());
            parser.feed(ByteBuffer.wrap(bytes, 0, cut));
            parser.feed(ByteBuffer.wrap(bytes, cut, bytes.length - cut));

            // Then
            assertThat(parser.poll()).isEqualTo(new Received(text("é1\n2"), "message", null));
            assertThat(parser.poll()).isEqualTo(new Received(text("3"), "x", "7"));
            assertThat(parser.poll()).isNull();
        }
    }

    @Test
    void id_staysUntilAnotherComesOrAnEmptyOneEndsIt() {
        // When
        feed("data: a\nid: 1\n\ndata: b\n\nid: 2\n\ndata: c\n\nid\ndata: d\n\nid: x\0y\ndata: e\n\n");

        // Then
        assertThat(ids()).containsExactly("1", "1", "2", null, null);
    }

    @Test
    void idOfABlockThatDoesNotEnd_isNotTaken() {
        // When
        feed("id: 1\ndata: a\n\nid: 2\ndata: b\n");

        // Then
        assertThat(parser.lastEventId()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"1500, 1500", "0, 0", "1s, -1", "-5, -1", "'', -1", "99999999999, -1"})
    void retry_isTakenWhenItIsANumber(String text, long expected) {
        // When
        feed("retry: " + text + "\n");

        // Then
        assertThat(parser.retry()).isEqualTo(expected < 0 ? null : Duration.ofMillis(expected));
    }

    @Test
    void typesThatAreNotWanted_areLeftOutButTheirIdsCount() {
        // Given
        parser = parserOf(new TextBody(), Set.of("message", "b"));

        // When
        feed("data: 1\n\nevent: a\nid: 5\ndata: 2\n\nevent: b\ndata: 3\n\n");

        // Then
        assertThat(parser.poll()).isEqualTo(new Received(text("1"), "message", null));
        assertThat(parser.poll()).isEqualTo(new Received(text("3"), "b", "5"));
        assertThat(parser.poll()).isNull();
    }

    @Test
    void type_endsWithItsEvent() {
        // When
        feed("event: a\ndata: 1\n\ndata: 2\n\nevent: b\n\ndata: 3\n\n");

        // Then
        assertThat(parser.poll()).isEqualTo(new Received(text("1"), "a", null));
        assertThat(parser.poll()).isEqualTo(new Received(text("2"), "message", null));
        assertThat(parser.poll()).isEqualTo(new Received(text("3"), "message", null));
    }

    @Test
    void dataAtTheLimit_isTaken() {
        // When, Then
        assertThat(eventsIn("data: " + "x".repeat(MAX_BYTES) + "\n\n")).hasSize(1);
        assertThat(eventsIn("data: " + "x".repeat(49) + "\ndata: " + "x".repeat(50) + "\n\n"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"101, 0", "100000, 0", "50, 50", "99, 1"})
    void dataOverTheLimit_isSkippedAndTheStreamGoesOn(int firstLine, int secondLine) {
        // When
        feed("id: 1\ndata: " + "x".repeat(firstLine) + "\ndata: " + "x".repeat(secondLine) + "\n\ndata: next\n\n");

        // Then: the server is not asked for it again
        assertThat(parser.poll())
                .isInstanceOfSatisfying(
                        Skipped.class,
                        skipped -> assertThat(skipped.failed().failure()).isEqualTo(FetchFailure.TOO_LARGE));
        assertThat(parser.poll()).isEqualTo(new Received(text("next"), "message", "1"));
    }

    @Test
    void fieldsOverTheirLimit_areIgnored() {
        // Given
        String tooLong = "x".repeat(EventStreamParser.MAX_FIELD_BYTES + 1);

        // When
        feed("id: " + tooLong + "\nevent: " + tooLong + "\n" + tooLong + ": a\n:" + tooLong + "\ndata: a\n\n");

        // Then
        assertThat(parser.poll()).isEqualTo(new Received(text("a"), "message", null));
    }

    @Test
    void jsonData_isSelectedFromOrSkipped() {
        // Given
        parser = parserOf(new JsonBody(JsonPointer.compile("/a")), Set.of());

        // When
        feed("data: {\"a\":\ndata:  1.50}\n\ndata: {\"b\":2}\n\ndata: oops\n\n");

        // Then
        assertThat(((Received) next()).sample().data()).hasToString("1.50");
        assertThat(((Skipped) next()).failed().failure()).isEqualTo(FetchFailure.ABSENT);
        assertThat(((Skipped) next()).failed().failure()).isEqualTo(FetchFailure.NOT_JSON);
    }

    @Test
    void anyBytes_areReadWithoutAFault() {
        // Given
        var random = new SplittableRandom(4);
        byte[] alphabet = "data:idevnty \n\r\0\u00e9\uFEFF".getBytes(UTF_8);

        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(1, 300)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }

            // When
            feed(new String(bytes, UTF_8));
            while (parser.poll() != null) {}
        }

        // Then
        feed("\n\nid: 9\ndata: after\n\n");
        assertThat(ids()).containsExactly("9");
    }

    private List<String> eventsIn(String text) {
        parser = parserOf(new TextBody(), Set.of());
        feed(text);
        var all = new ArrayList<String>();
        for (StreamOutcome next = parser.poll(); next != null; next = parser.poll()) {
            all.add(((Received) next).sample().data().toString());
        }
        return all;
    }

    private List<@Nullable String> ids() {
        var all = new ArrayList<@Nullable String>();
        for (StreamOutcome next = parser.poll(); next != null; next = parser.poll()) {
            all.add(((Received) next).id());
        }
        return all;
    }

    private StreamOutcome next() {
        return Objects.requireNonNull(parser.poll());
    }

    private void feed(String text) {
        parser.feed(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private static Sample text(String text) {
        return new Sample(RawJson.ofString(text), false);
    }

    private static EventStreamParser parserOf(BodyFormat format, Set<String> types) {
        return new EventStreamParser(new SourceKind.EventStream(format, types, IDLE), MAX_BYTES, null, null);
    }
}

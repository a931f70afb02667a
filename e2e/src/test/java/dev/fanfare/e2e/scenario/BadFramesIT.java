package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a client sends, it is told what was wrong with it, and the connection lives on.
class BadFramesIT {

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final String TUTORIAL_BAD_REQUEST = "Invalid action or channel name";

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of().gateways(1).build();

    static Stream<Arguments> badFrames() {
        return Stream.of(
                arguments("no JSON", "hello", 40001, "Invalid message format"),
                arguments("cut off", "{\"action\":\"subscribe\"", 40001, "Invalid message format"),
                arguments("empty", "", 40001, "Invalid message format"),
                arguments("two objects", "{\"action\":\"ping\"}{}", 40001, "Invalid message format"),
                arguments("an array", "[1]", 40002, "Message is not a JSON object"),
                arguments("a string", "\"subscribe\"", 40002, "Message is not a JSON object"),
                arguments("too deep", deep(100), 40003, "Message is nested too deeply"),
                arguments("no action", "{}", 40005, TUTORIAL_BAD_REQUEST),
                arguments("unknown action", action("\"fly\"", "\"c\""), 40005, TUTORIAL_BAD_REQUEST),
                arguments("action of the wrong type", action("7", "\"c\""), 40005, TUTORIAL_BAD_REQUEST),
                arguments(
                        "id of the wrong type",
                        "{\"action\":\"ping\",\"id\":{}}",
                        40006,
                        "A field has the wrong type or value"),
                arguments("no channel", "{\"action\":\"subscribe\"}", 40007, TUTORIAL_BAD_REQUEST),
                arguments("channel of the wrong type", action("\"subscribe\"", "[\"c\"]"), 40007, TUTORIAL_BAD_REQUEST),
                arguments("empty channel", action("\"subscribe\"", "\"\""), 40007, TUTORIAL_BAD_REQUEST),
                arguments(
                        "channel of 300 characters",
                        action("\"subscribe\"", "\"" + "c".repeat(300) + "\""),
                        40007,
                        TUTORIAL_BAD_REQUEST),
                arguments("pattern as channel", action("\"subscribe\"", "\"iss.*\""), 40007, TUTORIAL_BAD_REQUEST));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFrames")
    void badFrame_isAnsweredWithItsCodeAndTheConnectionLivesOn(String kind, String frame, int code, String text) {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {

            // When
            client.send(frame);

            // Then
            JsonNode answer = Frames.parse(client.awaitFrames(1, FIVE_SECONDS).getFirst());
            assertThat(answer.get("code").asInt()).as(kind).isEqualTo(code);
            assertThat(answer.get("error").asText()).as(kind).isEqualTo(text);
            isAlive(client);
        }
    }

    @Test
    void binaryFrame_isRefusedAndTheConnectionLivesOn() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {

            // When
            client.sendBinary(new byte[] {1, 2, 3});

            // Then
            JsonNode answer = Frames.parse(client.awaitFrames(1, FIVE_SECONDS).getFirst());
            assertThat(answer.get("code").asInt()).isEqualTo(40004);
            isAlive(client);
        }
    }

    @Test
    void oversizeFrame_closesWith1009AndNobodyElse() {
        // Given
        try (WebSocketProbe client = FANFARE.connect();
                WebSocketProbe bystander = FANFARE.connect()) {

            // When
            client.send("{\"action\":\"ping\",\"padding\":\"" + "x".repeat(2_000_000) + "\"}");

            // Then
            assertThat(client.awaitClosed(FIVE_SECONDS).code()).isEqualTo(1009);
            isAlive(bystander);
        }
    }

    private static void isAlive(WebSocketProbe client) {
        client.send("{\"action\":\"ping\",\"id\":\"alive\"}");
        Frames.awaitFrame(client, frame -> "pong".equals(frame.path("event").asText()));
        assertThat(client.isOpen()).isTrue();
    }

    private static String action(String action, String channel) {
        return "{\"action\":" + action + ",\"channel\":" + channel + "}";
    }

    private static String deep(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }
}

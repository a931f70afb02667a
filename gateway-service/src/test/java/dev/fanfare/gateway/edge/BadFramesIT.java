package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.WebSocketProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad input is answered with a code of its own and costs the sender nothing but the oversize frame.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class BadFramesIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TestHTTPResource("/ws")
    URI http;

    private WebSocketProbe connect() {
        return WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")));
    }

    @ParameterizedTest
    @MethodSource
    void badText_isAnsweredWithItsCodeAndTheConnectionLivesOn(String text, int code, String error) {
        try (WebSocketProbe client = connect()) {
            // When
            client.send(text);
            client.send("{\"action\":\"ping\"}");
            var frames = client.awaitFrames(2, SOON);

            // Then
            assertThat(frames.get(0)).contains("\"code\":" + code, "\"error\":\"" + error + "\"");
            assertThat(frames.get(1)).isEqualTo("{\"event\":\"pong\"}");
        }
    }

    static Object[][] badText_isAnsweredWithItsCodeAndTheConnectionLivesOn() {
        return new Object[][] {
            {"hello", 40001, "Invalid message format"},
            {"", 40001, "Invalid message format"},
            {"[]", 40002, "Message is not a JSON object"},
            {"{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}", 40003, "Message is nested too deeply"},
            {"{\"action\":\"explode\",\"channel\":\"c\"}", 40005, "Invalid action or channel name"},
            {"{\"action\":7,\"channel\":\"c\"}", 40005, "Invalid action or channel name"},
            {"{\"action\":\"ping\",\"id\":{}}", 40006, "A field has the wrong type or value"},
            {"{\"action\":\"subscribe\",\"channel\":7}", 40007, "Invalid action or channel name"},
            {"{\"action\":\"subscribe\",\"channel\":\"\"}", 40007, "Invalid action or channel name"},
            {
                "{\"action\":\"subscribe\",\"channel\":\"" + "x".repeat(300) + "\"}",
                40007,
                "Invalid action or channel name"
            },
            {"{\"action\":\"x\",\"pad\":\"" + "x".repeat(60_000) + "\"}", 40005, "Invalid action or channel name"},
        };
    }

    @Test
    void binaryFrame_isAnsweredWithItsCodeAndTheConnectionLivesOn() {
        try (WebSocketProbe client = connect()) {
            // When
            client.sendBinary(new byte[] {1, 2, 3});
            client.send("{\"action\":\"ping\"}");
            var frames = client.awaitFrames(2, SOON);

            // Then
            assertThat(frames.get(0)).contains("\"code\":40004");
            assertThat(frames.get(1)).isEqualTo("{\"event\":\"pong\"}");
        }
    }

    @Test
    void oversizeFrame_closesWith1009() {
        try (WebSocketProbe client = connect()) {
            // When
            client.send("{\"action\":\"ping\",\"pad\":\"" + "x".repeat(70_000) + "\"}");

            // Then
            assertThat(client.awaitClosed(SOON).code()).isEqualTo(1009);
        }
    }
}

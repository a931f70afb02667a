package dev.fanfare.publisher.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.LogLines;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What clients do cannot fill the log, the metrics or the memory of the service.
@QuarkusTest
@TestProfile(InMemoryProfile.class)
class BadClientsTest {

    private static final int CLIENTS = 30;
    private static final int SILENCE_MILLIS = 2_000;
    /// More than Quarkus measures by their own names.
    private static final int NAMES = 150;

    @Test
    void clientsThatGoOrSpeakSomethingElse_leaveNoLineInTheLog() throws IOException {
        // Given
        byte[] half = "POST /v1/channels/a/messages HTTP/1.1\r\nHo".getBytes(ISO_8859_1);
        byte[] noHttp2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nand no frame of HTTP/2".getBytes(ISO_8859_1);

        try (var log = new LogLines()) {
            // When
            for (int i = 0; i < CLIENTS; i++) {
                RawHttp.abandon(half, true);
                RawHttp.exchange(noHttp2, SILENCE_MILLIS);
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(Api.publish("log", "{\"data\":1}").statusCode()).isEqualTo(201);
            }

            // Then
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void pathsAndMethodsThatClientsMakeUp_getNoMetersOfTheirOwn() throws IOException {
        // When
        for (int i = 0; i < NAMES; i++) {
            for (String path : List.of("/v1/channels/c", "/v1/errors/e", "/v1/p", "/p", "/v1/channels/c/m")) {
                exchange("PUT " + path + i);
            }
            exchange("GET /v1/channels/c" + i + "/messages");
            exchange("X" + i + " /v1/time");
            RawHttp.exchange(
                    "POST /o" + i + " HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000\r\n\r\n", SILENCE_MILLIS);
        }
        Api.get("/v1/errors/internal");

        // Then
        List<String> meters = Api.get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count"))
                .toList();
        assertThat(meters).hasSizeLessThan(50).anyMatch(line -> line.contains("uri=\"/v1/errors/{name}\""));
    }

    private static void exchange(String requestLine) throws IOException {
        RawHttp.exchange(requestLine + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", SILENCE_MILLIS);
    }
}

package dev.fanfare.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.gateway.edge.GatewayRedis;
import dev.fanfare.testkit.RawWebSocket;
import dev.fanfare.testkit.WebSocketProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Who has the secret can send everybody away, once and for all: so the drain itself comes last.
@QuarkusTest
@TestProfile(DrainRouteIT.WithSecret.class)
@QuarkusTestResource(GatewayRedis.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrainRouteIT {

    private static final String SECRET = "a-secret-of-the-operators-0123456789";
    private static final Duration SOON = Duration.ofSeconds(20);

    /// With a secret that is known here.
    public static final class WithSecret implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path file = Files.writeString(Files.createTempFile("drain", ".secret"), SECRET + "\n");
                file.toFile().deleteOnExit();
                return Map.of("fanfare.gateway.drain.token-file", file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @TestHTTPResource("/drain")
    URI drain;

    @TestHTTPResource("/q/health/ready")
    URI ready;

    @TestHTTPResource("/ws")
    URI socket;

    private static HttpResponse<String> send(URI uri, String method, String authorization) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", authorization)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Order(1)
    void wrongSecret_isRefusedAndChangesNothing() {
        // When
        HttpResponse<String> wrong = send(drain, "POST", "Bearer " + SECRET + "x");
        HttpResponse<String> basic = send(drain, "POST", "Basic " + SECRET);

        // Then
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(basic.statusCode()).isEqualTo(401);
        assertThat(send(drain, "GET", "Bearer " + SECRET).body()).contains("\"state\":\"serving\"");
    }

    @Test
    @Order(2)
    void otherMethods_areNotAllowed() {
        // When
        HttpResponse<String> answer = send(drain, "DELETE", "Bearer " + SECRET);

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, POST");
    }

    @Test
    @Order(3)
    void drain_isNotReadyAndClosesEverybodyWhileTheProcessLives() {
        try (WebSocketProbe client =
                WebSocketProbe.connect(URI.create(socket.toString().replaceFirst("^http", "ws")))) {
            // Given
            client.send("{\"action\":\"ping\"}");
            client.awaitFrames(1, SOON);

            // When
            HttpResponse<String> answer = send(drain, "POST", "Bearer " + SECRET);

            // Then
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).contains("\"state\":\"announced\"", "\"connections\":1");
            assertThat(client.awaitClosed(SOON).code()).isEqualTo(1012);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    send(drain, "GET", "Bearer " + SECRET).body())
                            .isEqualTo("{\"state\":\"drained\",\"connections\":0,\"remainingMs\":0}"));
            assertThat(send(ready, "GET", "none").statusCode()).isEqualTo(503);
            try (var refused = new RawWebSocket(socket, 0, SOON)) {
                assertThat(refused.answer())
                        .startsWith("HTTP/1.1 503")
                        .containsIgnoringCase("fanfare-refused: draining");
            }
        }
    }
}

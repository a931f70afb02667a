package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.WebSocketProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What clients and the platform see when Redis goes away under a running gateway and comes back.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class RedisAwayIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    @TestHTTPResource("/ws")
    URI http;

    @Inject
    MeterRegistry registry;

    private final HttpClient client = HttpClient.newHttpClient();

    private WebSocketProbe connect() {
        return WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")));
    }

    private int status(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(http.resolve(path)).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private void awaitStatus(String path, int expected) {
        await().atMost(SOON).untilAsserted(() -> assertThat(status(path)).isEqualTo(expected));
    }

    @Test
    void clientsStayAndAreToldOnce_andDeliveryGoesOn() throws Exception {
        try (WebSocketProbe early = connect()) {
            // Given
            early.send("{\"action\":\"subscribe\",\"channel\":\"away\",\"id\":1}");
            early.awaitFrames(1, SOON);
            awaitStatus("/q/health/ready", 200);

            // When
            GatewayRedis.redis().kill();
            early.awaitFrames(2, SOON);
            awaitStatus("/q/health/ready", 503);
            double readyWhileAway =
                    registry.get("fanfare.gateway.ready").gauge().value();
            int aliveStatus = status("/q/health/live");
            String lateFrame;
            try (WebSocketProbe late = connect()) {
                lateFrame = late.awaitFrames(1, SOON).getFirst();
            }
            GatewayRedis.redis().restart();
            early.awaitFrames(3, SOON);
            awaitStatus("/q/health/ready", 200);
            GatewayRedis.redis().execute("PUBLISH", "away", "back");
            var frames = early.awaitFrames(4, SOON);

            // Then
            assertThat(aliveStatus).isEqualTo(200);
            assertThat(readyWhileAway).isZero();
            assertThat(registry.get("fanfare.gateway.ready").gauge().value()).isOne();
            assertThat(lateFrame).isEqualTo("{\"event\":\"degraded\"}");
            assertThat(frames.subList(1, 4))
                    .containsExactly(
                            "{\"event\":\"degraded\"}",
                            "{\"event\":\"restored\"}",
                            "{\"channel\":\"away\",\"message\":\"back\"}");
        }
    }
}

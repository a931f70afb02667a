package dev.fanfare.telemetry;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.telemetry.lifecycle.ShippedSourceResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// The service as it is shipped, with its source at an address where nobody answers.
@QuarkusTest
@WithTestResource(ShippedSourceResource.class)
class TelemetryIngestIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();

    @TestHTTPResource("/q/health/ready")
    URI ready;

    @TestHTTPResource("/q/health/live")
    URI live;

    @TestHTTPResource("/q/metrics")
    URI metrics;

    @ConfigProperty(name = "quarkus.redis.hosts")
    URI redis;

    @Test
    void service_becomesReadyAndSaysThatItLeads() {
        // When, Then
        await().atMost(SOON).until(() -> get(ready).body().contains("\"iss\": \"leader\""));
        assertThat(get(ready).statusCode()).isEqualTo(200);
        assertThat(get(live).statusCode()).isEqualTo(200);
        assertThat(metricsText()).contains("fanfare_telemetry_ready 1.0");
    }

    @Test
    void metrics_haveTheDocumentedNamesForPrometheus() {
        // When, Then
        await().atMost(SOON).until(() -> metricsText().contains("fanfare_telemetry_leader{source=\"iss\"} 1.0"));
        assertThat(metricsText())
                .contains("fanfare_telemetry_polls_total{outcome=\"unreachable\",source=\"iss\"}")
                .contains("fanfare_telemetry_polls_total{outcome=\"fetched\",source=\"iss\"} 0.0")
                .contains("fanfare_telemetry_poll_duration_seconds_count{source=\"iss\"}")
                .contains("fanfare_telemetry_published_total{outcome=\"stored\",source=\"iss\"}")
                .contains("fanfare_telemetry_sample_age_seconds{source=\"iss\"}")
                .contains("fanfare_telemetry_simulated{source=\"iss\"}");
    }

    @Test
    void methodsThatClientsMakeUp_getNoMeters() throws Exception {
        // When
        client.send(
                HttpRequest.newBuilder(live)
                        .method("MADEUP", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());

        // Then
        assertThat(metricsText()).contains("fanfare_telemetry").doesNotContain("http_server_requests");
    }

    @Test
    void shippedSource_isReplacedByItsModel() {
        // When, Then
        await().atMost(SOON).until(() -> metricsText().contains("fanfare_telemetry_simulated{source=\"iss\"} 1.0"));
    }

    @Test
    void redisThatDoesNotAnswer_takesReadinessButNotLivenessAndComesBack() throws IOException {
        // Given
        await().atMost(SOON).until(() -> get(ready).statusCode() == 200);

        // When: longer than a lease lasts
        freezeRedis(Duration.ofSeconds(10));

        // Then
        await().atMost(Duration.ofSeconds(5)).until(() -> get(ready).statusCode() == 503);
        assertThat(get(live).statusCode()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> metricsText().contains("fanfare_telemetry_leader{source=\"iss\"} 0.0"));
        await().atMost(SOON).until(() -> get(ready).statusCode() == 200);
        await().atMost(SOON).until(() -> metricsText().contains("fanfare_telemetry_leader{source=\"iss\"} 1.0"));
    }

    private void freezeRedis(Duration time) throws IOException {
        try (var socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write(("CLIENT PAUSE " + time.toMillis() + " ALL\r\n").getBytes(US_ASCII));
            assertThat(socket.getInputStream().readNBytes(5)).isEqualTo("+OK\r\n".getBytes(US_ASCII));
        }
    }

    private String metricsText() {
        return get(metrics).body();
    }

    private HttpResponse<String> get(URI address) {
        try {
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

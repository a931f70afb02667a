package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.MetricsDocument;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps `docs/reference/metrics-gateway.md` true, beside `metrics-messaging.md`.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class MetricsDocumentIT {

    private static final MetricsDocument DOCUMENT = MetricsDocument.read("metrics-gateway.md");

    /// Beside Micrometer: a histogram of our own.
    private static final String DELIVERY = "fanfare.gateway.delivery";

    @TestHTTPResource("/q/health/live")
    URI live;

    @TestHTTPResource("/q/metrics")
    URI metrics;

    @Inject
    MeterRegistry registry;

    @Test
    void table_namesExactlyTheMetersThatExist() {
        // When, Then
        DOCUMENT.assertNamesExactly(Stream.concat(
                Stream.of(DELIVERY),
                registry.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .filter(MetricsDocumentIT::isOurs)));
    }

    @Test
    void deliveryTimes_areAHistogramOfPrometheus() throws Exception {
        // When
        String page;
        try (HttpClient client = HttpClient.newHttpClient()) {
            page = client.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        // Then
        assertThat(page)
                .contains("# TYPE fanfare_gateway_delivery_seconds histogram")
                .containsPattern("(?m)^fanfare_gateway_delivery_seconds_bucket\\{le=\"0.05\",?} \\d")
                .containsPattern("(?m)^fanfare_gateway_delivery_seconds_bucket\\{le=\"\\+Inf\",?} \\d")
                .containsPattern("(?m)^fanfare_gateway_delivery_seconds_count \\d");
    }

    /// The others are those of the module `messaging`, which has a page and a test of its own.
    private static boolean isOurs(String name) {
        return name.startsWith("fanfare.gateway.");
    }

    @Test
    void methodsThatClientsMakeUp_getNoMeters() throws Exception {
        // When
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(live)
                            .method("MADEUP", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }

        // Then
        assertThat(registry.getMeters())
                .noneMatch(meter -> meter.getId().getName().equals("http.server.requests"));
    }

    @Test
    void table_namesEveryTagValue() {
        // When, Then
        DOCUMENT.assertTells(registry.getMeters().stream()
                .filter(meter -> isOurs(meter.getId().getName()))
                .filter(meter -> !meter.getId().getName().equals("fanfare.gateway.commands.refused"))
                .flatMap(meter -> meter.getId().getTags().stream())
                .map(Tag::getValue));
    }
}

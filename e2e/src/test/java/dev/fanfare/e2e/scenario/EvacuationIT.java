package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.received;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.ResumingClient;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A gateway that Redis answers but pushes nothing to sends its clients to one that hears everything.
class EvacuationIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int RESTART = 1012;
    private static final int SPREAD_MILLIS = 1000;

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .gateways(2)
            .publishers(1)
            .linked(Service.GATEWAY)
            .setting(Service.GATEWAY, "fanfare.redis.feed.probe-interval", "500ms")
            .setting(Service.GATEWAY, "fanfare.redis.feed.deaf-timeout", "2s")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.announce-interval", "200ms")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.announce-ttl", "2s")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.patience", "2s")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.spread", SPREAD_MILLIS + "ms")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.grace", "1s")
            .build();

    private final ServiceProcess muted = FANFARE.all(Service.GATEWAY).getFirst();
    private final ServiceProcess well = FANFARE.all(Service.GATEWAY).getLast();
    private final HttpClient http = HttpClient.newHttpClient();
    private final PublishApi api = new PublishApi(FANFARE.publisher());

    @AfterEach
    void unmute() {
        FANFARE.link(muted).unmute();
        await().atMost(SOON).until(muted::isReady);
    }

    @Test
    void clientThatObeys_resumesElsewhereWithEverything() {
        // Given
        var client = new ResumingClient(http, "evacuation.obeys");
        var first = client.connect(muted.webSocket("/ws")).join();
        first.subscribed().join();
        publish("evacuation.obeys", 1, 3);
        await().atMost(SOON).until(() -> client.newest() == 3);

        // When
        FANFARE.link(muted).mute();
        publish("evacuation.obeys", 4, 20);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(requestsToMove(client.events())).hasSize(1));
        first.abort();
        var second = client.connect(well.webSocket("/ws")).join();

        // Then
        assertThat(second.subscribed().join().path("recovered").asBoolean()).isTrue();
        publish("evacuation.obeys", 21, 25);
        await().atMost(SOON).until(() -> client.newest() == 25);
        assertThat(client.arrivals().stream().map(ResumingClient.Arrival::data))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 25).boxed().toList());
    }

    @Test
    void clientThatStays_isAskedOnceAndClosedWhileThoseOfTheOtherGatewayAreLeftAlone() {
        try (WebSocketProbe client = FANFARE.connect(muted);
                WebSocketProbe elsewhere = FANFARE.connect(well)) {
            // Given
            subscribeAndAwait(client, "evacuation.stays");
            subscribeAndAwait(elsewhere, "evacuation.stays");
            double asked = muted.metric("fanfare_gateway_evacuation_asked_total");
            double closed = muted.metric("fanfare_gateway_evacuation_closed_total");

            // When
            FANFARE.link(muted).mute();

            // Then
            assertThat(client.awaitClosed(SOON).code()).isEqualTo(RESTART);
            assertThat(requestsToMove(received(client)))
                    .singleElement()
                    .satisfies(request ->
                            assertThat(request.path("afterMs").asInt(-1)).isBetween(0, SPREAD_MILLIS));
            assertThat(received(elsewhere))
                    .noneMatch(frame -> frame.path("event").asText().equals("reconnect"));
            assertThat(elsewhere.isOpen()).isTrue();
            assertThat(muted.metric("fanfare_gateway_evacuation_asked_total") - asked)
                    .isGreaterThanOrEqualTo(1);
            assertThat(muted.metric("fanfare_gateway_evacuation_closed_total") - closed)
                    .isGreaterThanOrEqualTo(1);
            assertThat(muted.metric("fanfare_gateway_evacuation_others")).isEqualTo(1);
            assertThat(well.metric("fanfare_gateway_evacuation_others")).isZero();
        }
    }

    private void publish(String channel, int from, int to) {
        for (int number = from; number <= to; number++) {
            assertThat(api.publish(channel, String.valueOf(number)).status()).isEqualTo(201);
        }
    }

    private static List<JsonNode> requestsToMove(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.path("event").asText().equals("reconnect"))
                .toList();
    }
}

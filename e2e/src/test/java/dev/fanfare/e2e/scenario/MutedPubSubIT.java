package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.awaitFrame;
import static dev.fanfare.e2e.installation.Frames.messages;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A Redis that answers every command but pushes nothing is found out, told, and costs no message.
class MutedPubSubIT {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final String REPAIRED = "fanfare_gateway_gaps_repaired_messages_total";

    @RegisterExtension
    static final Fanfare FANFARE =
            Fanfare.of().gateways(1).publishers(1).linked(Service.GATEWAY).build();

    private final ServiceProcess gateway = FANFARE.gateway();
    private final PublishApi api = new PublishApi(FANFARE.publisher());

    @AfterEach
    void unmute() {
        FANFARE.link(gateway).unmute();
        await().atMost(TEN_SECONDS).until(gateway::isReady);
    }

    @Test
    void pubSubMuted_isNotReadyWithin10sButAliveAndClientsStay() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            subscribeAndAwait(client, "muted.told");

            // When
            FANFARE.link(gateway).mute();

            // Then
            await().atMost(TEN_SECONDS)
                    .untilAsserted(
                            () -> assertThat(gateway.status("/q/health/ready")).isEqualTo(503));
            awaitFrame(client, event("degraded"));
            assertThat(gateway.status("/q/health/live")).isEqualTo(200);
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void pubSubBack_isRestoredAndWhatWasMissedComesFromHistoryInOrder() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            subscribeAndAwait(client, "muted.missed");
            publish("muted.missed", 1, 3);
            await().atMost(TEN_SECONDS)
                    .untilAsserted(() -> assertThat(messages(client)).hasSize(3));
            double repairedBefore = gateway.metric(REPAIRED);
            FANFARE.link(gateway).mute();
            publish("muted.missed", 4, 10);
            awaitFrame(client, event("degraded"));
            publish("muted.missed", 11, 20);

            // When
            FANFARE.link(gateway).unmute();

            // Then
            awaitFrame(client, event("restored"));
            await().atMost(TEN_SECONDS).until(gateway::isReady);
            assertThat(numbers(client)).containsExactlyElementsOf(upTo(20));
            assertThat(gateway.metric(REPAIRED) - repairedBefore).isEqualTo(17);
            publish("muted.missed", 21, 22);
            await().atMost(TEN_SECONDS)
                    .untilAsserted(() -> assertThat(numbers(client)).containsExactlyElementsOf(upTo(22)));
            assertThat(client.isOpen()).isTrue();
        }
    }

    private void publish(String channel, int from, int to) {
        for (int number = from; number <= to; number++) {
            assertThat(api.publish(channel, String.valueOf(number)).status()).isEqualTo(201);
        }
    }

    private static Predicate<JsonNode> event(String name) {
        return frame -> name.equals(frame.path("event").asText());
    }

    private static List<Integer> numbers(WebSocketProbe client) {
        return messages(client).stream().map(JsonNode::asInt).toList();
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}

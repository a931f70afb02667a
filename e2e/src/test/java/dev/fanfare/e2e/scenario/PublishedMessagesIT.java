package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.messages;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.PublishApi.Answer;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the publish API accepted reaches every subscriber once and in order, on whichever gateway it is.
class PublishedMessagesIT {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of().gateways(2).publishers(1).build();

    private PublishApi api;

    @BeforeEach
    void useThePublisher() {
        api = new PublishApi(FANFARE.publisher());
    }

    @Test
    void twoGateways_bothClientsReceiveEveryMessageInOrder() {
        // Given
        List<Integer> numbers = IntStream.rangeClosed(1, 50).boxed().toList();
        try (WebSocketProbe first = FANFARE.connect(FANFARE.all(Service.GATEWAY).getFirst());
                WebSocketProbe second =
                        FANFARE.connect(FANFARE.all(Service.GATEWAY).getLast())) {
            subscribeAndAwait(first, "published.order");
            subscribeAndAwait(second, "published.order");

            // When
            numbers.forEach(number -> api.publish("published.order", number.toString()));

            // Then
            for (WebSocketProbe client : List.of(first, second)) {
                await().atMost(TEN_SECONDS).until(() -> messages(client).size() >= 50);
                assertThat(messages(client)).extracting(JsonNode::asInt).isEqualTo(numbers);
                assertThat(offsets(client))
                        .isEqualTo(numbers.stream().map(Integer::longValue).toList());
            }
        }
    }

    @Test
    void repeatedId_isAnsweredAsDuplicateAndDeliveredOnce() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            subscribeAndAwait(client, "published.twice");
            Answer first = api.publish("published.twice", "\"a\"", "id-1");

            // When
            Answer second = api.publish("published.twice", "\"a\"", "id-1");

            // Then
            api.publish("published.twice", "\"last\"");
            await().atMost(TEN_SECONDS).until(() -> messages(client).size() >= 2);
            assertThat(first.status()).isEqualTo(201);
            assertThat(first.body().get("duplicate").asBoolean()).isFalse();
            assertThat(second.body().get("duplicate").asBoolean()).isTrue();
            assertThat(second.body().get("offset")).isEqualTo(first.body().get("offset"));
            assertThat(second.body().get("epoch")).isEqualTo(first.body().get("epoch"));
            assertThat(messages(client)).extracting(JsonNode::asText).containsExactly("a", "last");
        }
    }

    @Test
    void answeredPosition_isThePositionInTheFrame() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            subscribeAndAwait(client, "published.position");

            // When
            JsonNode answer =
                    api.publish("published.position", "{\"a\":[1,2.50,null]}").body();

            // Then
            JsonNode frame = Frames.awaitFrame(client, received -> received.has("message"));
            assertThat(client.frames().getLast()).contains("\"message\":{\"a\":[1,2.50,null]},");
            assertThat(frame.get("offset")).isEqualTo(answer.get("offset"));
            assertThat(frame.get("epoch")).isEqualTo(answer.get("epoch"));
            assertThat(frame.get("id")).isEqualTo(answer.get("id"));
        }
    }

    private static List<Long> offsets(WebSocketProbe client) {
        return Frames.received(client).stream()
                .filter(frame -> frame.has("message"))
                .map(frame -> frame.get("offset").asLong())
                .toList();
    }
}

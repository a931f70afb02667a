package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Frames;
import dev.fanfare.e2e.installation.NodeProgram;
import dev.fanfare.e2e.installation.PublishApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The tutorial's programs work with Fanfare unmodified: its client (`ws`) and its publisher (`ioredis`).
class TutorialClientIT {

    private static final String CHANNEL = "iss.telemetry";
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of().gateways(1).publishers(1).build();

    @Test
    void ioredisPublishes_clientGetsChannelAndMessageAndNothingElse(TestInfo test) {
        // Given
        try (NodeProgram client = subscribedClient(test)) {

            // When
            try (NodeProgram publisher = NodeProgram.start(
                    "tutorial-client",
                    "tutorial-publisher",
                    Map.of("REDIS_URL", FANFARE.redis().uri().toString()),
                    "publisher.mjs")) {
                assertThat(publisher.awaitExit(TEN_SECONDS)).isZero();
            }

            // Then
            List<JsonNode> frames = frames(client, 3);
            assertThat(frames).hasSize(3).allSatisfy(frame -> {
                assertThat(frame.fieldNames()).toIterable().containsExactly("channel", "message");
                assertThat(frame.get("channel").asText()).isEqualTo(CHANNEL);
                assertThat(frame.get("message").isTextual()).isTrue();
            });
            assertThat(frames)
                    .extracting(frame -> Frames.parse(frame.get("message").asText())
                            .get("sample")
                            .asInt())
                    .containsExactly(1, 2, 3);
        }
    }

    @Test
    void plainPublish_clientGetsTheTextAsItWas(TestInfo test) {
        // Given
        String text = "no JSON: \"quotes\", a tab\t, grüße and 🛰";
        try (NodeProgram client = subscribedClient(test)) {

            // When
            FANFARE.redis().execute("PUBLISH", CHANNEL, text);

            // Then
            JsonNode frame = frames(client, 1).getFirst();
            assertThat(frame.fieldNames()).toIterable().containsExactly("channel", "message");
            assertThat(frame.get("message").asText()).isEqualTo(text);
        }
    }

    @Test
    void publishApi_clientGetsTheDataAsJson(TestInfo test) {
        // Given
        try (NodeProgram client = subscribedClient(test)) {

            // When
            new PublishApi(FANFARE.publisher()).publish(CHANNEL, "{\"iss_position\":{\"latitude\":\"1.5\"}}");

            // Then
            JsonNode frame = frames(client, 1).getFirst();
            assertThat(frame.get("channel").asText()).isEqualTo(CHANNEL);
            assertThat(frame.at("/message/iss_position/latitude").asText()).isEqualTo("1.5");
        }
    }

    /// The client says nothing when it has subscribed, and neither does the gateway: Redis does.
    private static NodeProgram subscribedClient(TestInfo test) {
        NodeProgram client = NodeProgram.start(
                "tutorial-client",
                "tutorial-client-" + test.getTestMethod().orElseThrow().getName(),
                Map.of("GATEWAY_URL", FANFARE.gateway().webSocket("/ws").toString()),
                "client.mjs");
        await().atMost(TEN_SECONDS)
                .until(() -> RedisInterest.of(FANFARE.redis()).contains(CHANNEL));
        return client;
    }

    private static List<JsonNode> frames(NodeProgram client, int count) {
        return client.awaitLines(count, TEN_SECONDS).stream().map(Frames::parse).toList();
    }
}

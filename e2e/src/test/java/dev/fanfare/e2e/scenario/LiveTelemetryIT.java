package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.awaitFrame;
import static dev.fanfare.e2e.installation.Frames.messages;
import static dev.fanfare.e2e.installation.Frames.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.IssApi;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The whole path, live: from the source through the poller, Redis and the gateway to a subscriber.
class LiveTelemetryIT {

    private static final String CHANNEL = "iss.telemetry";
    private static final Duration SIX_SECONDS = Duration.ofSeconds(6);

    @RegisterExtension
    static final IssApi ISS = IssApi.start();

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .gateways(1)
            .pollers(1)
            .setting(
                    Service.TELEMETRY,
                    "fanfare.telemetry.sources.iss.url",
                    ISS.uri().toString())
            .setting(Service.TELEMETRY, "fanfare.telemetry.sources.iss.model-after", "1s")
            .setting(Service.TELEMETRY, "fanfare.telemetry.sources.iss.max-backoff", "2s")
            .build();

    @BeforeEach
    void bringTheSourceBack() {
        ISS.setAway(false);
    }

    @Test
    void subscriber_receivesThreePositionsInSixSeconds() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {

            // When
            client.send(subscribe(CHANNEL));

            // Then
            client.awaitFrames(3, SIX_SECONDS);
            assertThat(messages(client)).hasSizeGreaterThanOrEqualTo(3).allSatisfy(LiveTelemetryIT::isPosition);
        }
    }

    @Test
    void answerOfTheSource_arrivesAsItCame() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            client.send(subscribe(CHANNEL));

            // When
            JsonNode message = awaitFrame(client, frame -> frame.path("message").has("serial"))
                    .get("message");

            // Then
            assertThat(message.fieldNames())
                    .toIterable()
                    .containsExactly("message", "timestamp", "serial", "iss_position");
        }
    }

    @Test
    void sourceAway_simulatedPositionsStandInAndSaySo() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            client.send(subscribe(CHANNEL));
            client.awaitFrames(1, SIX_SECONDS);

            // When
            ISS.setAway(true);

            // Then
            JsonNode simulated =
                    awaitFrame(client, LiveTelemetryIT::isSimulated).get("message");
            isPosition(simulated);
            assertThat(simulated.get("timestamp").asLong())
                    .isCloseTo(Instant.now().getEpochSecond(), within(10L));
        }
    }

    @Test
    void sourceBack_isTakenAgain() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            client.send(subscribe(CHANNEL));
            ISS.setAway(true);
            awaitFrame(client, LiveTelemetryIT::isSimulated);
            int servedBefore = ISS.served();

            // When
            ISS.setAway(false);

            // Then
            awaitFrame(client, frame -> frame.path("message").path("serial").asInt() > servedBefore);
            List<JsonNode> all = messages(client);
            assertThat(all.getLast().has("source")).isFalse();
        }
    }

    private static boolean isSimulated(JsonNode frame) {
        return "simulated".equals(frame.path("message").path("source").asText());
    }

    private static void isPosition(JsonNode message) {
        JsonNode position = message.get("iss_position");
        assertThat(Double.parseDouble(position.get("latitude").asText())).isBetween(-51.8, 51.8);
        assertThat(Double.parseDouble(position.get("longitude").asText())).isBetween(-180.0, 180.0);
    }
}

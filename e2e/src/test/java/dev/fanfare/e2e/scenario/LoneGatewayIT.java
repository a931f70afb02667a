package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.awaitFrame;
import static dev.fanfare.e2e.installation.Frames.received;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Where no other gateway is well, a deaf one keeps its clients.
class LoneGatewayIT {

    private static final String DIRECTORY = "f:{gateway}:instances";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .gateways(2)
            .linked(Service.GATEWAY)
            .setting(Service.GATEWAY, "fanfare.redis.feed.probe-interval", "500ms")
            .setting(Service.GATEWAY, "fanfare.redis.feed.deaf-timeout", "2s")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.announce-interval", "1s")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.announce-ttl", PATIENCE.toSeconds() + "s")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.patience", PATIENCE.toSeconds() + "s")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.spread", "0s")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.grace", "0s")
            .build();

    private final ServiceProcess gateway = FANFARE.all(Service.GATEWAY).getFirst();
    private final ServiceProcess other = FANFARE.all(Service.GATEWAY).getLast();

    @Test
    void otherHasLeft_isOffTheListAtOnceAndTheMutedOneAsksNobody() {
        try (WebSocketProbe client = FANFARE.connect(gateway)) {
            // Given
            subscribeAndAwait(client, "lone");
            await().atMost(SOON).until(() -> wellGateways() == 2);

            // When
            other.terminate();
            long wellAfterTheEnd = wellGateways();
            FANFARE.link(gateway).mute();
            awaitFrame(client, frame -> frame.path("event").asText().equals("degraded"));

            // Then
            assertThat(wellAfterTheEnd).isEqualTo(1);
            await().during(PATIENCE.plusSeconds(1))
                    .atMost(SOON)
                    .until(() -> client.isOpen()
                            && received(client).stream()
                                    .noneMatch(frame ->
                                            frame.path("event").asText().equals("reconnect")));
        }
    }

    private static long wellGateways() {
        return Long.parseLong(String.valueOf(FANFARE.redis().execute("ZCARD", DIRECTORY)));
    }
}

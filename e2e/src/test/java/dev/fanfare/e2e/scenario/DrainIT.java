package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.received;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// SIGTERM sends clients to the other gateway, each in its turn, before the process ends.
class DrainIT {

    private static final int CLIENTS = 20;
    private static final int RESTART = 1012;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// 10 s less 2 s, 1 s and the close-timeout of 3 s.
    private static final int SPREAD_MILLIS = 4000;

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .gateways(2)
            .setting(Service.GATEWAY, "fanfare.gateway.drain.delay", "2s")
            .setting(Service.GATEWAY, "fanfare.gateway.drain.grace", "1s")
            .setting(Service.GATEWAY, "fanfare.gateway.drain.timeout", TIMEOUT.toSeconds() + "s")
            .build();

    @Test
    void sigterm_isNotReadyFirstThenAsksInTurnsAndEndsWithinTheTimeout() {
        // Given
        ServiceProcess leaving = FANFARE.all(Service.GATEWAY).getFirst();
        await().atMost(SOON).until(() -> leaving.metric("fanfare_gateway_evacuation_others") == 1);
        List<WebSocketProbe> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(FANFARE.connect(leaving));
            subscribeAndAwait(clients.getLast(), "drain");
        }

        // When
        long startedAt = System.nanoTime();
        leaving.requestStop();

        // Then
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> leaving.status("/q/health/ready") == 503);
        try (WebSocketProbe late = FANFARE.connect(leaving)) {
            subscribeAndAwait(late, "drain");
            assertThat(late.awaitClosed(SOON).code()).isEqualTo(RESTART);
        }
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.awaitClosed(SOON).code()).isEqualTo(RESTART);
            assertThat(afterMillis(client)).isBetween(0, SPREAD_MILLIS);
        });
        // The first part and the last may be that of the late client, and a look comes up to 250 ms late.
        assertThat(clients.stream().mapToInt(DrainIT::afterMillis).boxed().toList())
                .as("over the whole spread")
                .anyMatch(after -> after < SPREAD_MILLIS / 4)
                .anyMatch(after -> after >= SPREAD_MILLIS * 3 / 4);
        await().atMost(SOON).until(() -> !leaving.isRunning());
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(TIMEOUT.plusSeconds(10));
    }

    private static int afterMillis(WebSocketProbe client) {
        return received(client).stream()
                .filter(frame -> frame.path("event").asText().equals("reconnect"))
                .mapToInt(frame -> frame.path("afterMs").asInt(-1))
                .findFirst()
                .orElse(-1);
    }
}

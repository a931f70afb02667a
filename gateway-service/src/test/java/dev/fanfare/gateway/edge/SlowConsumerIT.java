package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.RawWebSocket;
import dev.fanfare.testkit.WebSocketProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Who does not read is closed with a code that means "resume", and costs the others nothing.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class SlowConsumerIT {

    private static final Duration SOON = Duration.ofSeconds(15);

    /// 40 MB in all: more than the limit of 1 MiB and whatever the kernel takes on both sides.
    private static final int MESSAGES = 400;

    private static final String TEXT = "x".repeat(100_000);
    private static final int SMALL_WINDOW = 8 * 1024;

    @TestHTTPResource("/ws")
    URI http;

    @Inject
    MeterRegistry registry;

    @Test
    void clientThatDoesNotRead_isClosedWith4000AndTheOthersGetEverything() {
        try (RawWebSocket stalled = new RawWebSocket(http, SMALL_WINDOW, SOON);
                WebSocketProbe reading =
                        WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")))) {
            // Given
            reading.send("{\"action\":\"subscribe\",\"channel\":\"slow\",\"id\":1}");
            reading.awaitFrames(1, SOON);
            stalled.sendText("{\"action\":\"subscribe\",\"channel\":\"slow\"}");
            await().atMost(SOON).until(() -> subscriptions() == 2);

            // When
            for (int i = 1; i <= MESSAGES; i++) {
                GatewayRedis.redis().execute("PUBLISH", "slow", TEXT);
                reading.awaitFrames(1 + i, SOON);
            }

            // Then
            await().atMost(SOON).until(() -> closedAsSlow() == 1);
            assertThat(stalled.read(RawWebSocket.CLOSE).closeCode()).isEqualTo(4000);
            assertThat(reading.frames()).hasSize(1 + MESSAGES);
        }
    }

    private double subscriptions() {
        return registry.get("fanfare.gateway.subscriptions").gauge().value();
    }

    private double closedAsSlow() {
        return registry.get("fanfare.gateway.connections.closed.by.us")
                .tag("code", "slow-consumer")
                .counter()
                .count();
    }
}

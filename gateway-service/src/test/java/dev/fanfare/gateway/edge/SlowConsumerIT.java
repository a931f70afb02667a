package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.RawWebSocket;
import dev.fanfare.testkit.WebSocketProbe;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
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
    private static final Duration WEIGHED_SINCE = Duration.ofMillis(1200);

    private static final int FIN_CLOSE = 0x80 | RawWebSocket.CLOSE;
    private static final byte[] NORMAL = {1000 >> Byte.SIZE, (byte) 1000};

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
            int closeCode = 0;
            double closedBefore = closedAsSlow();
            for (int i = 1; i <= MESSAGES; i++) {
                GatewayRedis.redis().execute("PUBLISH", "slow", TEXT);
                reading.awaitFrames(1 + i, SOON);
                if (closeCode == 0 && closedAsSlow() > closedBefore) {
                    closeCode = stalled.read(RawWebSocket.CLOSE).closeCode();
                }
            }

            // Then
            assertThat(closeCode).isEqualTo(4000);
            assertThat(closedAsSlow()).isEqualTo(closedBefore + 1);
            assertThat(reading.frames()).hasSize(1 + MESSAGES);
        }
    }

    @Test
    void clientThatIsClosedAndDoesNotRead_isCut() {
        try (RawWebSocket stalled = new RawWebSocket(http, SMALL_WINDOW, SOON)) {
            // Given
            stalled.sendText("{\"action\":\"subscribe\",\"channel\":\"closed\"}");
            await().atMost(SOON).until(() -> subscriptions() == 1);
            double closedBefore = closedAsSlow();

            // When
            for (int i = 0; i < MESSAGES && closedAsSlow() == closedBefore; i++) {
                GatewayRedis.redis().execute("PUBLISH", "closed", TEXT);
            }

            // Then
            await().atMost(SOON).until(() -> closedAsSlow() > closedBefore);
            await().atMost(SOON).until(() -> takesNothingMore(stalled));
        }
    }

    @Test
    void clientThatClosesAndDoesNotRead_isCut() {
        try (RawWebSocket stalled = new RawWebSocket(http, SMALL_WINDOW, SOON)) {
            // Given
            stalled.sendText("{\"action\":\"subscribe\",\"channel\":\"stuck\"}");
            await().atMost(SOON).until(() -> subscriptions() == 1);
            publishUntilSomeWaits("stuck");

            // When
            stalled.send(FIN_CLOSE, NORMAL);

            // Then
            await().atMost(SOON).until(() -> subscriptions() == 0);
            await().atMost(SOON).until(() -> takesNothingMore(stalled));
        }
    }

    /// What waits is weighed once a second, so that no more is published in this time than may wait.
    private void publishUntilSomeWaits(String channel) {
        await().atMost(SOON.multipliedBy(4)).pollInterval(WEIGHED_SINCE).until(() -> {
            for (int i = 0; i < 3; i++) {
                GatewayRedis.redis().execute("PUBLISH", channel, TEXT);
            }
            return queuedBytes() > 0;
        });
    }

    private static boolean takesNothingMore(RawWebSocket socket) {
        try {
            socket.sendText("{}");
            return false;
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    private double queuedBytes() {
        return registry.get("fanfare.gateway.loop.queued").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
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

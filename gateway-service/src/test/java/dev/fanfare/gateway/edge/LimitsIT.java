package dev.fanfare.gateway.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.RawWebSocket;
import dev.fanfare.testkit.WebSocketProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever goes over a limit is told, and costs nobody else anything.
@QuarkusTest
@TestProfile(LimitsIT.Small.class)
@QuarkusTestResource(GatewayRedis.class)
class LimitsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MOST_CONNECTIONS = 4;
    private static final int FIN_PING = 0x80 | RawWebSocket.PING;
    private static final int FIN_PONG = 0x80 | RawWebSocket.PONG;
    private static final String PING_REQUEST = "{\"action\":\"ping\"}";

    /// Limits that a test can reach.
    public static final class Small implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "fanfare.gateway.handshake.max-connections", Integer.toString(MOST_CONNECTIONS),
                    "fanfare.gateway.connection.ping-interval", "1s",
                    "fanfare.gateway.connection.first-request-timeout", "3s",
                    "fanfare.gateway.connection.close-timeout", "1s",
                    "fanfare.gateway.connection.max-frames-per-second", "1",
                    "fanfare.gateway.connection.frames-burst", "20",
                    "fanfare.gateway.connection.max-bytes-per-second", "1K",
                    "fanfare.gateway.connection.bytes-burst", "100K");
        }
    }

    @TestHTTPResource("/ws")
    URI http;

    @Inject
    MeterRegistry registry;

    private final List<RawWebSocket> opened = new ArrayList<>();

    private RawWebSocket connect() {
        var socket = new RawWebSocket(http, 0, SOON);
        opened.add(socket);
        return socket;
    }

    private WebSocketProbe polite() {
        return WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")));
    }

    @AfterEach
    void closeAll() {
        opened.forEach(RawWebSocket::close);
        await().atMost(SOON).until(() -> gauge("fanfare.gateway.connections") == 0);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void connectionOverTheLimit_isRefusedWith503AndATimeToComeBack() {
        // Given
        for (int i = 0; i < MOST_CONNECTIONS; i++) {
            assertThat(connect().answer()).startsWith("HTTP/1.1 101");
        }

        // When
        String answer = connect().answer();

        // Then
        assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("fanfare-refused: full");
        assertThat(answer).containsPattern("(?i)retry-after: ([1-9]|1\\d|20)\r\n");
        assertThat(registry.get("fanfare.gateway.handshakes.refused")
                        .tag("reason", "full")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void clientThatAnswersNoPing_isClosedWith4001() {
        // Given
        RawWebSocket silent = connect();
        silent.sendText(PING_REQUEST);

        // Then
        assertThat(silent.read(RawWebSocket.PING).payload()).isEmpty();
        assertThat(silent.read(RawWebSocket.CLOSE).closeCode()).isEqualTo(4001);
    }

    @Test
    void clientThatAnswersPings_stays() {
        try (WebSocketProbe client = polite()) {
            // Given
            client.send(PING_REQUEST);
            double turns = 4;
            long start = System.nanoTime();

            // When
            await().atMost(SOON)
                    .until(() ->
                            System.nanoTime() - start > Duration.ofSeconds(1).toNanos() * turns);
            client.send(PING_REQUEST);

            // Then
            assertThat(client.awaitFrames(2, SOON)).hasSize(2);
        }
    }

    @Test
    void clientThatAsksForNothing_isClosedWith4500() {
        try (WebSocketProbe client = polite()) {
            assertThat(client.awaitClosed(SOON).code()).isEqualTo(4500);
        }
    }

    @Test
    void moreFramesThanTheShare_closeWith4002() {
        // Given
        RawWebSocket eager = connect();

        // When
        for (int i = 0; i < 25; i++) {
            eager.sendText(PING_REQUEST);
        }

        // Then
        assertThat(eager.read(RawWebSocket.CLOSE).closeCode()).isEqualTo(4002);
    }

    @Test
    void floodOfPings_closesWith4002() {
        // Given
        RawWebSocket eager = connect();

        // When
        for (int i = 0; i < 25; i++) {
            eager.send(FIN_PING, "ping".getBytes(UTF_8));
        }

        // Then
        assertThat(eager.read(RawWebSocket.CLOSE).closeCode()).isEqualTo(4002);
    }

    @Test
    void floodOfPongs_closesWith4002() {
        // Given
        RawWebSocket eager = connect();

        // When
        for (int i = 0; i < 25; i++) {
            eager.send(FIN_PONG, "pong".getBytes(UTF_8));
        }

        // Then
        assertThat(eager.read(RawWebSocket.CLOSE).closeCode()).isEqualTo(4002);
    }

    @Test
    void moreBytesThanTheShare_closeWith4002() {
        // Given
        RawWebSocket eager = connect();
        String large = "{\"action\":\"ping\",\"pad\":\"" + "x".repeat(60_000) + "\"}";

        // When
        eager.sendText(large);
        eager.sendText(large);

        // Then
        assertThat(eager.read(RawWebSocket.CLOSE).closeCode()).isEqualTo(4002);
    }

    @Test
    void clientThatDoesNotAnswerTheClose_isCut() {
        // Given
        RawWebSocket rude = connect();
        for (int i = 0; i < 25; i++) {
            rude.sendText(PING_REQUEST);
        }

        // When
        rude.read(RawWebSocket.CLOSE);

        // Then
        assertThat(rude.isCut()).isTrue();
    }

    @Test
    void connections_areSpreadOverTheLoops() {
        // Given
        int loops = Runtime.getRuntime().availableProcessors();

        // When
        for (int i = 0; i < MOST_CONNECTIONS; i++) {
            connect();
        }

        // Then
        double fair = Math.ceil((double) MOST_CONNECTIONS / loops);
        assertThat(registry.get("fanfare.gateway.loop.connections").gauges())
                .hasSize(loops)
                .allSatisfy(gauge -> assertThat(gauge.value()).isLessThanOrEqualTo(fair));
    }
}

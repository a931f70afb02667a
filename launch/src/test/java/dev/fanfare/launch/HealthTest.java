package dev.fanfare.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fanfare.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {

    private static final String PORT = "GATEWAY_PORT";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final HttpServer server;

    HealthTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void serviceIsReady_isTold() {
        // Given
        answer(200, "{\"status\":\"UP\"}");

        // When
        Health health = Health.of(service());

        // Then
        assertThat(health).isEqualTo(new Health.Ready());
    }

    @Test
    void serviceIsNotReady_isToldWithTheChecks() {
        // Given
        answer(503, "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"feed\"}]}");

        // When
        Health health = Health.of(service());

        // Then
        assertThat(health)
                .isInstanceOfSatisfying(
                        Health.NotReady.class,
                        notReady -> assertThat(notReady.why())
                                .contains("503", "\"name\":\"feed\"")
                                .doesNotContain("\n"));
    }

    @Test
    void nobodyListens_isNotReady() {
        // When
        Health health = Health.of(service(Integer.toString(FreePorts.next())));

        // Then
        assertThat(health).isInstanceOf(Health.NotReady.class);
    }

    @Test
    void serviceIsFrozen_isGivenUp() throws IOException {
        // Given
        try (var frozen = new ServerSocket(0, 1, HERE)) {
            var service = new LocalInstance(Integer.toString(frozen.getLocalPort()), Duration.ofMillis(200));

            // When
            Health health = Health.of(service);

            // Then
            assertThat(health).isInstanceOf(Health.NotReady.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http", "-1", "65536", "80 80", "123456"})
    void variableIsNoPort_isNotReady(String value) {
        // When
        Health health = Health.of(service(value));

        // Then
        assertThat(health).isEqualTo(new Health.NotReady("no port: " + value));
    }

    @Test
    void variableIsMissing_isNamed() {
        // When
        Health health = Health.of(LocalInstance.atPortIn(PORT, Map.of()));

        // Then
        assertThat(health).isEqualTo(new Health.NotReady("no port: GATEWAY_PORT unset"));
    }

    private LocalInstance service() {
        return service(Integer.toString(server.getAddress().getPort()));
    }

    private static LocalInstance service(String port) {
        return LocalInstance.atPortIn(PORT, Map.of(PORT, port));
    }

    private void answer(int status, String body) {
        server.createContext("/q/health/ready", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (exchange) {
                exchange.getResponseBody().write(bytes);
            }
        });
    }
}

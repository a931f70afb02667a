package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.HttpConnectionsContract;
import dev.fanfare.testkit.WebSocketProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
@TestProfile(HttpConnectionsIT.Small.class)
class HttpConnectionsIT extends HttpConnectionsContract {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration PAST_THE_TIMEOUT = Duration.ofSeconds(5);

    /// As the contract wants it, and fewer WebSockets than that.
    public static final class Small implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new HashMap<>(SETTINGS);
            settings.put("fanfare.gateway.handshake.max-connections", "4");
            return settings;
        }
    }

    @TestHTTPResource("/ws")
    URI http;

    @Override
    protected URI address() {
        return http;
    }

    @Test
    void quietWebSocket_isLeftToItsPings() {
        // Given
        try (var quiet = WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")))) {
            quiet.send("{\"action\":\"ping\"}");
            quiet.awaitFrames(1, SOON);

            // When
            await().pollDelay(PAST_THE_TIMEOUT).atMost(SOON).until(() -> true);
            quiet.send("{\"action\":\"ping\"}");

            // Then
            assertThat(quiet.awaitFrames(2, SOON)).hasSize(2);
        }
    }
}

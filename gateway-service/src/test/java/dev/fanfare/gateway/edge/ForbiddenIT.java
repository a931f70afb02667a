package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.WebSocketProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A gateway whose clients may neither publish, which is the default, nor read history.
@QuarkusTest
@TestProfile(ForbiddenIT.NoHistory.class)
@QuarkusTestResource(GatewayRedis.class)
class ForbiddenIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    /// Reading is not allowed; publishing is not unless somebody says so.
    public static final class NoHistory implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fanfare.gateway.command.history-allowed", "false");
        }
    }

    @TestHTTPResource("/ws")
    URI http;

    @Test
    void publishAndHistory_areRefusedWith40300() {
        try (WebSocketProbe client =
                WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")))) {
            // When
            client.send("{\"action\":\"publish\",\"channel\":\"c\",\"data\":1}");
            client.send("{\"action\":\"history\",\"channel\":\"c\",\"id\":7}");
            client.send("{\"action\":\"subscribe\",\"channel\":\"c\",\"rewind\":1,\"id\":8}");
            List<String> frames = client.awaitFrames(3, SOON);

            // Then
            assertThat(frames.get(0)).startsWith("{\"error\":\"This is not allowed here\",\"code\":40300,");
            assertThat(frames.get(1)).contains("\"code\":40300", "\"id\":7");
            assertThat(frames.get(2)).contains("\"event\":\"subscribed\"", "\"offset\":0");
        }
    }
}

package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.WebSocketProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a connection may have in hand while Redis does not answer, and what it is told of that.
@QuarkusTest
@QuarkusTestResource(GatewayRedis.class)
class PublishLimitsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int DEFAULT_IN_FLIGHT = 16;

    @TestHTTPResource("/ws")
    URI http;

    @AfterEach
    void wakeRedis() {
        GatewayRedis.redis().resume();
    }

    private static String publish(int number) {
        return "{\"action\":\"publish\",\"channel\":\"limited\",\"data\":" + number + ",\"messageId\":\"m" + number
                + "\",\"id\":" + number + "}";
    }

    @Test
    void publishesOverTheLimit_areRefusedAndTheOthersMayBeSentAgain() {
        try (WebSocketProbe client = connect()) {
            // Given
            client.send(publish(0));
            client.awaitFrames(1, SOON);
            GatewayRedis.redis().pause();

            // When
            int all = DEFAULT_IN_FLIGHT + 3;
            IntStream.rangeClosed(1, all).forEach(number -> client.send(publish(number)));
            await().atMost(SOON).untilAsserted(() -> assertThat(answers(client)).hasSize(1 + all));
            GatewayRedis.redis().resume();

            // Then
            List<String> refused = answers(client).stream()
                    .filter(frame -> frame.contains("\"code\":42900"))
                    .toList();
            assertThat(refused).hasSize(3).allMatch(frame -> frame.contains("nothing was stored"));
            assertThat(refused.getFirst()).contains("\"id\":" + (DEFAULT_IN_FLIGHT + 1) + "}");
            assertThat(answers(client))
                    .filteredOn(frame -> frame.contains("\"code\":50300"))
                    .hasSize(DEFAULT_IN_FLIGHT)
                    .allMatch(frame -> frame.contains("with the same messageId is safe"));
            await().atMost(SOON).untilAsserted(() -> {
                client.send(publish(1));
                assertThat(answers(client).getLast()).contains("\"event\":\"published\"", "\"messageId\":\"m1\"");
            });
        }
    }

    @Test
    void readsOverTheLimit_areRefusedAndThoseUnderItAnswered() {
        try (WebSocketProbe client = connect()) {
            // Given
            client.send(history(1));
            client.awaitFrames(1, SOON);
            GatewayRedis.redis().pause();

            // When
            IntStream.rangeClosed(2, 4).forEach(number -> client.send(history(number)));
            await().atMost(SOON).untilAsserted(() -> assertThat(answers(client)).hasSize(4));
            GatewayRedis.redis().resume();

            // Then
            assertThat(answers(client).get(1)).contains("\"code\":42900", "\"id\":4}");
            assertThat(answers(client).subList(2, 4)).allMatch(frame -> frame.contains("\"code\":50300"));
            await().atMost(SOON).untilAsserted(() -> {
                client.send(history(5));
                assertThat(answers(client).getLast()).contains("\"event\":\"history\"", "\"id\":5,");
            });
        }
    }

    private static String history(int number) {
        return "{\"action\":\"history\",\"channel\":\"limited\",\"id\":" + number + "}";
    }

    private WebSocketProbe connect() {
        return WebSocketProbe.connect(URI.create(http.toString().replaceFirst("^http", "ws")));
    }

    /// All frames that are no events about Redis.
    private static List<String> answers(WebSocketProbe client) {
        return client.frames().stream()
                .filter(frame -> frame.contains("\"id\":"))
                .toList();
    }
}

package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.messages;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A restart of Redis costs subscribers nothing but the messages of the meantime: they need not reconnect.
class RedisRestartIT {

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final String CHANNEL = "restart.channel";

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of().gateways(2).publishers(1).build();

    @Test
    void redisRestarts_subscribersReceiveAgainWithin5s() {
        // Given
        try (WebSocketProbe first = FANFARE.connect(FANFARE.all(Service.GATEWAY).getFirst());
                WebSocketProbe second =
                        FANFARE.connect(FANFARE.all(Service.GATEWAY).getLast())) {
            List<WebSocketProbe> clients = List.of(first, second);
            clients.forEach(client -> subscribeAndAwait(client, CHANNEL));

            // When
            FANFARE.redis().restart();

            // Then
            receiveAgain(clients, "after a restart");
        }
    }

    @Test
    void redisAwayForLong_subscribersReceiveAgainWithin5s() {
        // Given
        try (WebSocketProbe client = FANFARE.connect()) {
            subscribeAndAwait(client, CHANNEL);
            FANFARE.redis().kill();
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> FANFARE.all(Service.GATEWAY).stream().noneMatch(ServiceProcess::isReady));

            // When
            FANFARE.redis().start();

            // Then
            receiveAgain(List.of(client), "after an outage");
        }
    }

    /// Publishes, and repeats what was not delivered, until all clients have it.
    private static void receiveAgain(List<WebSocketProbe> clients, String text) {
        var api = new PublishApi(FANFARE.publisher());
        await().atMost(FIVE_SECONDS).pollInterval(Duration.ofMillis(100)).until(() -> {
            api.publish(CHANNEL, "\"" + text + "\"");
            return clients.stream().allMatch(client -> hasReceived(client, text));
        });
        assertThat(clients).allMatch(WebSocketProbe::isOpen);
    }

    private static boolean hasReceived(WebSocketProbe client, String text) {
        return messages(client).stream().anyMatch(message -> message.asText().equals(text));
    }
}

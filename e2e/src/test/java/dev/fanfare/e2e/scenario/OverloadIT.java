package dev.fanfare.e2e.scenario;

import static dev.fanfare.e2e.installation.Frames.messages;
import static dev.fanfare.e2e.installation.Frames.subscribeAndAwait;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.RawWebSocket;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A gateway whose event loops come late lets nobody in, and keeps its promise to those who are in.
class OverloadIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MESSAGES = 20;

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .gateways(1)
            .publishers(1)
            .setting(Service.GATEWAY, "fanfare.gateway.handshake.max-loop-lag", "500ms")
            .build();

    private final ServiceProcess gateway = FANFARE.gateway();
    private final PublishApi publisher = new PublishApi(FANFARE.publisher());

    private String handshake() {
        try (var client = new RawWebSocket(gateway.http("/ws"), 0, SOON)) {
            return client.answer();
        }
    }

    @Test
    void lateLoops_refuseNewClientsFirstAndDeliverEverythingToThoseWhoAreIn() {
        // Given
        awaitOpenDoor();
        try (WebSocketProbe client = FANFARE.connect()) {
            subscribeAndAwait(client, "ordered");

            // When
            gateway.pause();
            for (int i = 1; i <= MESSAGES; i++) {
                assertThat(publisher.publish("ordered", Integer.toString(i)).status())
                        .isEqualTo(201);
            }
            // Longer than the lag that is allowed.
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            gateway.resume();

            // Then
            String answer = handshake();
            assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("fanfare-refused: overloaded");
            assertThat(answer).containsPattern("(?i)retry-after: ([1-9]|1\\d|20)\r\n");
            List<Integer> all = IntStream.rangeClosed(1, MESSAGES).boxed().toList();
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(messages(client))
                            .extracting(message -> message.asInt())
                            .isEqualTo(all));
            awaitOpenDoor();
        }
    }

    /// A gateway that has just started is late too.
    private void awaitOpenDoor() {
        await().atMost(SOON).until(() -> handshake().startsWith("HTTP/1.1 101"));
    }
}

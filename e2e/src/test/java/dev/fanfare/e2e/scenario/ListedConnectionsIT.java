package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi.Answer;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The list of connections over two gateways, one of which crashes.
class ListedConnectionsIT {

    private static final int EACH = 5;
    private static final Duration SOON = Duration.ofSeconds(10);

    /// The lease, and what it may take until the next look.
    private static final Duration LEASE_IS_OVER = Duration.ofSeconds(15 + 2);

    @RegisterExtension
    static final Fanfare FANFARE =
            Tokened.settingsOf(Fanfare.of().gateways(2).publishers(1)).build();

    private final Tokened tokened = new Tokened();

    private List<JsonNode> listed(String query) {
        Answer answer = tokened.send(FANFARE.publisher(), "GET", "/v1/connections?" + query, "");
        assertThat(answer.status()).isEqualTo(200);
        List<JsonNode> connections = new ArrayList<>();
        answer.body().at("/connections").forEach(connections::add);
        return connections;
    }

    @Test
    void connectionsOfACrashedGateway_areGoneAfterItsLease_andTheOthersCanBeClosed() {
        // Given
        ServiceProcess crashing = FANFARE.all(Service.GATEWAY).getFirst();
        ServiceProcess staying = FANFARE.all(Service.GATEWAY).getLast();
        List<WebSocketProbe> open = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            open.add(Tokened.connect(crashing, Tokened.token("alice")));
            open.add(Tokened.connect(staying, Tokened.token("alice")));
        }
        open.forEach(client -> client.send("{\"action\":\"subscribe\",\"channel\":\"chat.42\"}"));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(listed("subject=alice&channel=chat.42")).hasSize(2 * EACH);
            assertThat(listed("subject=alice").stream()
                            .map(each -> each.at("/instance"))
                            .distinct())
                    .hasSize(2);
        });

        // When
        crashing.kill();

        // Then
        assertThat(listed("subject=alice")).hasSize(2 * EACH);
        await().atMost(LEASE_IS_OVER)
                .untilAsserted(() -> assertThat(listed("subject=alice")).hasSize(EACH));

        // When
        Answer closing = tokened.send(FANFARE.publisher(), "DELETE", "/v1/subjects/alice/connections", "");

        // Then
        assertThat(closing.status()).isEqualTo(202);
        for (int i = 1; i < open.size(); i += 2) {
            assertThat(open.get(i).awaitClosed(SOON)).isEqualTo(new WebSocketProbe.Closed(4502, "ended-by-admin"));
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(listed("subject=alice")).isEmpty());
    }
}

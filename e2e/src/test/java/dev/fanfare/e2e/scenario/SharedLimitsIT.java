package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.testkit.WebSocketProbe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A subject has one budget, wherever it spends it. The budget takes most of an hour to come back, so that what a slow
/// machine lets come back meanwhile is a small part of it.
class SharedLimitsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int BURST = 2000;
    private static final int CHUNK = BURST / 10;

    @RegisterExtension
    static final Fanfare FANFARE =
            limited(Tokened.settingsOf(Fanfare.of().gateways(1).publishers(2))).build();

    private final Tokened tokened = new Tokened();

    private static Fanfare.Builder limited(Fanfare.Builder builder) {
        for (Service service : new Service[] {Service.GATEWAY, Service.PUBLISHER}) {
            builder.setting(service, "fanfare.access.limits.publishes-per-subject", "1")
                    .setting(service, "fanfare.access.limits.publishes-per-subject-burst", String.valueOf(BURST));
        }
        return builder.setting(
                        Service.GATEWAY, "fanfare.gateway.command.max-publishes-in-flight", String.valueOf(CHUNK))
                .setting(Service.GATEWAY, "fanfare.admission.max-in-flight-per-caller", String.valueOf(CHUNK));
    }

    @Test
    void budgetThatWasSpentAtOneInstance_isGoneAtAllOthers() {
        // Given
        ServiceProcess first = FANFARE.all(Service.PUBLISHER).getFirst();
        ServiceProcess second = FANFARE.all(Service.PUBLISHER).getLast();
        int sentThere = publishUntilRefused(first);

        // When
        int sentHere = publishUntilRefused(second);

        // Then
        assertThat(sentThere).isGreaterThanOrEqualTo(BURST);
        assertThat(sentHere).isLessThanOrEqualTo(CHUNK + 100);
        try (WebSocketProbe client = Tokened.connect(FANFARE.gateway(), Tokened.token("writer"))) {
            // So many a gateway lets through before it tells Redis, and learns what the others have.
            for (int i = 1; i <= CHUNK; i++) {
                client.send(publish(i));
            }
            client.awaitFrames(CHUNK, SOON);
            client.send(publish(0));
            assertThat(client.awaitFrames(CHUNK + 1, SOON).getLast()).contains("\"code\":42902", "\"retryAfterMs\":");
        }
    }

    private static String publish(int id) {
        return "{\"action\":\"publish\",\"channel\":\"budget\",\"data\":1,\"id\":" + id + "}";
    }

    /// How many messages `publisher` takes, a hundred at a time.
    private int publishUntilRefused(ServiceProcess publisher) {
        String hundred = "[" + "{\"data\":1},".repeat(99) + "{\"data\":1}]";
        int sent = 0;
        while (sent < 2 * BURST
                && tokened.send(publisher, "writer", "POST", "/v1/channels/budget/messages", hundred)
                                .status()
                        == 201) {
            sent += 100;
        }
        return sent;
    }
}

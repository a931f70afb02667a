package dev.fanfare.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.MovingClients;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.e2e.installation.SteadyPublisher;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Both gateways are replaced one after the other under clients that obey, as an upgrade does. `./dev bench rolling`
/// does
/// the same with 5,000 clients behind a proxy.
class RollingRestartIT {

    private static final String CHANNEL = "rolling";
    private static final int CLIENTS = 200;
    private static final Duration MESSAGES = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofSeconds(60);

    /// 12 s less 1 s, 2 s and the close-timeout of 3 s.
    private static final int SPREAD_SECONDS = 6;

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .gateways(2)
            .publishers(1)
            .setting(Service.GATEWAY, "fanfare.channels.rules[0].pattern", CHANNEL)
            .setting(Service.GATEWAY, "fanfare.channels.rules[0].history-size", "1000")
            .setting(Service.PUBLISHER, "fanfare.channels.rules[0].pattern", CHANNEL)
            .setting(Service.PUBLISHER, "fanfare.channels.rules[0].history-size", "1000")
            .setting(Service.GATEWAY, "fanfare.gateway.drain.delay", "1s")
            .setting(Service.GATEWAY, "fanfare.gateway.drain.grace", "2s")
            .setting(Service.GATEWAY, "fanfare.gateway.drain.timeout", "12s")
            .build();

    @Test
    void bothGatewaysRestarted_everybodyMovesInTurnsAndGetsEachMessageOnce() {
        try (var clients = new MovingClients(CLIENTS, CHANNEL, FANFARE.all(Service.GATEWAY));
                var publisher = SteadyPublisher.start(new PublishApi(FANFARE.publisher()), CHANNEL, MESSAGES)) {
            // Given
            await().atMost(SOON).until(() -> clients.haveSubscribed(1));
            await().atMost(SOON).until(() -> clients.haveGot(1));

            // When
            for (ServiceProcess gateway : FANFARE.all(Service.GATEWAY)) {
                gateway.terminate();
                gateway.start();
                gateway.awaitReady();
            }

            // Then
            publisher.stop();
            int published = publisher.acknowledged();
            await().atMost(SOON).until(() -> clients.haveGot(published));
            assertThat(clients.all()).allSatisfy(client -> {
                int first = client.received().getFirst();
                assertThat(client.received())
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(first, published).boxed().toList());
                assertThat(client.cuts()).as("connections that ended under it").isZero();
            });
            // Half of them had to go the first time, all of them the second.
            assertThat(clients.moves()).isGreaterThanOrEqualTo(CLIENTS);
            assertThat(clients.mostMovesInASecond())
                    .as("everybody in %d s, and who is late on a machine that is busy", SPREAD_SECONDS)
                    .isLessThanOrEqualTo(2 * CLIENTS / SPREAD_SECONDS);
        }
    }
}

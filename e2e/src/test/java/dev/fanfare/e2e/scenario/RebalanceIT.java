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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A gateway that is added gets its share of those who are connected to the others, in turns and without a message
/// lost.
class RebalanceIT {

    private static final String CHANNEL = "rebalance";
    private static final int CLIENTS = 90;
    private static final double PACE = 0.1;
    private static final Duration MESSAGES = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(4);

    @RegisterExtension
    static final Fanfare FANFARE = Fanfare.of()
            .gateways(2)
            .publishers(1)
            .setting(Service.GATEWAY, "fanfare.channels.rules[0].pattern", CHANNEL)
            .setting(Service.GATEWAY, "fanfare.channels.rules[0].history-size", "1000")
            .setting(Service.PUBLISHER, "fanfare.channels.rules[0].pattern", CHANNEL)
            .setting(Service.PUBLISHER, "fanfare.channels.rules[0].history-size", "1000")
            .setting(Service.GATEWAY, "fanfare.gateway.evacuation.announce-interval", "200ms")
            .setting(Service.GATEWAY, "fanfare.gateway.rebalance.warm-up", "2s")
            .setting(Service.GATEWAY, "fanfare.gateway.rebalance.min-excess", "3")
            .setting(Service.GATEWAY, "fanfare.gateway.rebalance.pace", String.valueOf(PACE))
            .build();

    private static List<ServiceProcess> gateways() {
        return FANFARE.all(Service.GATEWAY);
    }

    private static int asked() {
        return (int) gateways().stream()
                .mapToDouble(gateway -> gateway.metric("fanfare_gateway_rebalance_asked_total"))
                .sum();
    }

    private static double unevenness() {
        double[] connections = gateways().stream()
                .mapToDouble(gateway -> gateway.metric("fanfare_gateway_connections"))
                .toArray();
        double mean = (double) CLIENTS / connections.length;
        return IntStream.range(0, connections.length)
                        .mapToDouble(i -> connections[i])
                        .max()
                        .orElseThrow()
                / mean;
    }

    @Test
    void thirdGateway_getsItsShareInTurns_andThenNobodyIsAskedAnyMore() {
        try (var clients = new MovingClients(CLIENTS, CHANNEL, gateways());
                var publisher = SteadyPublisher.start(new PublishApi(FANFARE.publisher()), CHANNEL, MESSAGES)) {
            // Given: two that are even, or have become so
            await().atMost(SOON).until(() -> clients.haveSubscribed(1));
            await().atMost(SOON).until(() -> unevenness() <= 1.15);
            awaitNobodyIsAsked();
            int movesOfTwo = clients.moves();

            // When
            clients.mayUse(FANFARE.add(Service.GATEWAY));

            // Then
            await().atMost(SOON).until(() -> unevenness() <= 1.15);
            awaitNobodyIsAsked();
            assertThat(unevenness()).isLessThanOrEqualTo(1.15);
            // A third of all have to move, and of those who are asked two thirds come back.
            assertThat(clients.moves() - movesOfTwo).isBetween(CLIENTS / 4, 3 * CLIENTS);
            // What two gateways ask for, and who is late on a machine that is busy.
            assertThat(clients.mostMovesInASecond()).isLessThanOrEqualTo((int) (2 * PACE * CLIENTS));
            publisher.stop();
            int published = publisher.acknowledged();
            await().atMost(SOON).until(() -> clients.haveGot(published));
            assertThat(clients.all()).allSatisfy(client -> {
                int first = client.received().getFirst();
                assertThat(client.received())
                        .containsExactlyElementsOf(
                                IntStream.rangeClosed(first, published).boxed().toList());
                assertThat(client.cuts()).isZero();
            });
        }
    }

    private static void awaitNobodyIsAsked() {
        int[] before = {-1};
        await().atMost(SOON).during(A_WHILE).until(() -> {
            int now = asked();
            boolean isQuiet = now == before[0];
            before[0] = now;
            return isQuiet;
        });
    }
}

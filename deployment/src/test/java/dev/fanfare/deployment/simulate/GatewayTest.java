package dev.fanfare.deployment.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatewayTest {

    private static final GatewaySettings SETTINGS =
            new GatewaySettings(1, 2, 1000, 100, 200, 0.5, 10, 5, 32, 0.1, 0.02, 20, 0.02, 15, 30);

    private final Gateway gateway = new Gateway(SETTINGS, 0, 0, 0);

    @Test
    void newClients_leavePartOfTheBurstToThoseWhoComeBack() {
        // When
        long strangers = admitted(false, 300, 0);
        long returning = admitted(true, 300, 0);

        // Then
        assertThat(strangers).isEqualTo(100);
        assertThat(returning).isEqualTo(100);
        assertThat(gateway.admit(true, 0)).isEqualTo(Gateway.Refusal.TOO_MANY);
    }

    @Test
    void fullGateway_letsNobodyIn() {
        // Given
        gateway.settle(1000);

        // When
        Gateway.Refusal refusal = gateway.admit(true, 100);

        // Then
        assertThat(refusal).isEqualTo(Gateway.Refusal.FULL);
    }

    @Test
    void gatewayBehindItsWork_letsNobodyIn() {
        // Given: each of 900 clients gets 1,000 messages a second
        gateway.settle(900);
        IntStream.range(0, 3).forEach(second -> gateway.work(1000, second));

        // When
        Gateway.Refusal refusal = gateway.admit(true, 3);

        // Then
        assertThat(refusal).isEqualTo(Gateway.Refusal.OVERLOADED);
        assertThat(gateway.cpu()).isEqualTo(SETTINGS.cpuLimit());
    }

    @Test
    void leavingGateway_waitsAndThenSendsAllAwayEvenly() {
        // Given
        gateway.settle(320);
        gateway.leave(100);

        // When
        int[] moved = IntStream.range(100, 145).map(gateway::drain).toArray();

        // Then
        assertThat(moved).startsWith(0, 0, 0, 0, 0, 10, 10);
        assertThat(IntStream.of(moved).sum()).isEqualTo(320);
        assertThat(moved[36]).isEqualTo(10);
        assertThat(moved[37]).isZero();
        assertThat(gateway.isGone(138)).isTrue();
    }

    @Test
    void leavingGateway_letsInUntilTheDelayIsOver() {
        // Given
        gateway.leave(100);

        // When
        Gateway.Refusal before = gateway.admit(true, 104);
        Gateway.Refusal after = gateway.admit(true, 105);

        // Then
        assertThat(before).isNull();
        assertThat(after).isEqualTo(Gateway.Refusal.LEAVING);
    }

    @Test
    void moreThanItsShare_isShedByThePaceDownToTheMean() {
        // Given
        gateway.settle(1000);

        // When
        int tooEarly = gateway.shed(500, 14);
        int first = gateway.shed(500, 15);
        int seconds = (int) IntStream.range(16, 200)
                .filter(second -> gateway.shed(500, second) > 0)
                .count();

        // Then
        assertThat(tooEarly).isZero();
        assertThat(first).isEqualTo(20);
        assertThat(seconds).isBetween(30, 40);
        assertThat(gateway.connections()).isBetween(500, 510);
    }

    @Test
    void withinTheTenth_nothingIsShed() {
        // Given
        gateway.settle(549);

        // When
        int moved = gateway.shed(500, 100);

        // Then
        assertThat(moved).isZero();
    }

    @Test
    void figures_areKnownFromTheLastScrapeOnly() {
        // Given
        gateway.settle(10);
        gateway.work(1, 0);
        gateway.lose(10);

        // When
        gateway.work(1, 14);

        // Then
        assertThat(gateway.seenConnections()).hasValue(10);
        assertThat(gateway.seenSentBytes()).isEmpty();
        gateway.work(1, 15);
        assertThat(gateway.seenConnections()).hasValue(0);
        assertThat(gateway.seenSentBytes()).hasValue(0);
    }

    @Test
    void firstToGo_isThePendingOne_thenTheCheapest_thenTheYoungest() {
        // Given: the last is not ready before 60
        Gateway full = new Gateway(SETTINGS, 1, 0, 0);
        full.settle(100);
        Gateway old = new Gateway(SETTINGS, 2, 0, 0);
        old.settle(10);
        Gateway young = new Gateway(SETTINGS, 3, 0, 0);
        young.settle(10);
        Gateway pending = new Gateway(SETTINGS, 0, 60, 0);
        pending.settle(1000);

        // When
        List<Gateway> order = Stream.of(full, old, young, pending)
                .sorted(Simulation.firstToGo(59))
                .toList();

        // Then
        assertThat(order).containsExactly(pending, young, old, full);
    }

    @Test
    void deletionCost_isWhatItHadAtItsLastUpdate() {
        // Given
        gateway.settle(10);
        gateway.lose(4);

        // When
        gateway.work(1, 29);
        int before = gateway.cost();
        gateway.work(1, 30);
        int after = gateway.cost();

        // Then
        assertThat(before).isEqualTo(10);
        assertThat(after).isEqualTo(6);
    }

    @Test
    void processorTime_isBelievedHalfAMinuteAfterTheStart() {
        // Given
        gateway.settle(10);

        // When
        gateway.work(1, 15);
        boolean isKnownEarly = gateway.seenCpuPercent().isPresent();
        gateway.work(1, 30);

        // Then
        assertThat(isKnownEarly).isFalse();
        assertThat(gateway.seenCpuPercent()).isPresent();
    }

    private long admitted(boolean isResume, int count, int now) {
        return IntStream.range(0, count)
                .filter(i -> gateway.admit(isResume, now) == null)
                .count();
    }
}

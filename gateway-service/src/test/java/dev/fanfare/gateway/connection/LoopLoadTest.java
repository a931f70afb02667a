package dev.fanfare.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopLoadTest {

    private final LoopLoad load = new LoopLoad();

    @Test
    void loopThatHasNotStarted_isNotLate() {
        assertThat(load.lagNanos(123)).isZero();
    }

    @Test
    void loopThatDoesNotComeToItsTimer_isLaterAndLater() {
        // Given
        load.isDueAt(100);

        // Then
        assertThat(load.lagNanos(90)).isZero();
        assertThat(load.lagNanos(130)).isEqualTo(30);
        assertThat(load.lagNanos(500)).isEqualTo(400);
    }

    @Test
    void deliveryThatTakesLongerThanTimersAreLate_isTheLag() {
        // Given
        load.isDueAt(100);
        load.cameAt(107);

        // When
        load.deliversFor(50);
        load.deliversFor(3);

        // Then
        load.isDueAt(200);
        assertThat(load.lagNanos(200)).isEqualTo(50);
    }

    @Test
    void sentBytes_areKnownWhenTheSecondHasEnded() {
        // Given
        load.sent(100);
        load.sent(20);
        assertThat(load.sentBytes()).isZero();

        // When
        load.endSecond();
        load.sent(3);
        load.endSecond();

        // Then
        assertThat(load.sentBytes()).isEqualTo(123);
        assertThat(load.sentInLastSecond()).isEqualTo(3);
    }

    @Test
    void worstOfASecond_isKnownAtOnceAndUntilTheNextHasEnded() {
        // Given
        load.isDueAt(100);
        load.cameAt(107);
        load.isDueAt(200);
        load.cameAt(202);
        load.isDueAt(300);
        assertThat(load.lagNanos(300)).isEqualTo(7);

        // When
        load.endSecond();

        // Then
        assertThat(load.lagNanos(300)).isEqualTo(7);
        load.endSecond();
        assertThat(load.lagNanos(300)).isZero();
    }
}

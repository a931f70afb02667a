package dev.fanfare.telemetry.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final VirtualTicker ticker = new VirtualTicker();
    private final Heartbeat heartbeat = new Heartbeat(ticker);

    @Test
    void neverBegun_isNotOverdue() {
        // When
        ticker.advance(Duration.ofDays(1));

        // Then
        assertThat(heartbeat.isOverdue()).isFalse();
    }

    @Test
    void missedBeat_isOverdueUntilTheNext() {
        // Given
        heartbeat.beat(Duration.ofSeconds(1));

        // When
        ticker.advance(Duration.ofMillis(1001));
        boolean missed = heartbeat.isOverdue();
        heartbeat.beat(Duration.ofSeconds(1));

        // Then
        assertThat(missed).isTrue();
        assertThat(heartbeat.isOverdue()).isFalse();
    }

    @Test
    void atRest_isNotOverdue() {
        // Given
        heartbeat.beat(Duration.ofSeconds(1));

        // When
        heartbeat.rest();
        ticker.advance(Duration.ofDays(1));

        // Then
        assertThat(heartbeat.isOverdue()).isFalse();
    }
}

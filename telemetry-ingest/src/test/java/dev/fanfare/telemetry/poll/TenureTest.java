package dev.fanfare.telemetry.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TenureTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final VirtualTicker ticker = new VirtualTicker();
    private final Tenure tenure = new Tenure(7, ticker.nanos() + SECOND, ticker);

    @Test
    void unprolonged_endsByItself() {
        // When
        ticker.advance(Duration.ofMillis(999));
        boolean before = tenure.isHeld();
        ticker.advance(Duration.ofMillis(1));

        // Then
        assertThat(before).isTrue();
        assertThat(tenure.isHeld()).isFalse();
    }

    @Test
    void prolonged_lastsLonger() {
        // When
        tenure.prolong(ticker.nanos() + 2 * SECOND);
        ticker.advance(Duration.ofMillis(1500));

        // Then
        assertThat(tenure.isHeld()).isTrue();
    }

    @Test
    void ended_cannotBeProlonged() {
        // When
        tenure.end();
        tenure.prolong(ticker.nanos() + 2 * SECOND);

        // Then
        assertThat(tenure.isHeld()).isFalse();
    }

    @Test
    void seenToHaveRunOut_cannotBeProlonged() {
        // Given
        ticker.advance(Duration.ofSeconds(1));
        assertThat(tenure.isHeld()).isFalse();

        // When
        tenure.prolong(ticker.nanos() + SECOND);

        // Then
        assertThat(tenure.isHeld()).isFalse();
    }
}

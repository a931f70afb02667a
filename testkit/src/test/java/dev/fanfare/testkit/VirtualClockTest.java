package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

    @Test
    void advance_movesByExactlyThat() {
        // Given
        var clock = new VirtualClock(Instant.EPOCH);

        // When
        clock.advance(Duration.ofMillis(1500));

        // Then
        assertThat(clock.millis()).isEqualTo(1500);
    }
}

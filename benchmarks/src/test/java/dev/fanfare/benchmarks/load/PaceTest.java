package dev.fanfare.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void messages_areDueInEqualSteps() {
        // Given
        var pace = new Pace(1_000, 250);

        // Then
        assertThat(pace.dueMicros(0)).isEqualTo(1_000);
        assertThat(pace.dueMicros(1)).isEqualTo(5_000);
        assertThat(pace.dueMicros(250)).isEqualTo(1_001_000);
    }

    @Test
    void dueMessages_areThoseWhoseMomentHasCome() {
        // Given
        var pace = new Pace(1_000, 250);

        // Then
        assertThat(pace.due(999)).isZero();
        assertThat(pace.due(1_000)).isEqualTo(1);
        assertThat(pace.due(4_999)).isEqualTo(1);
        assertThat(pace.due(5_000)).isEqualTo(2);
    }

    @Test
    void rateThatDividesNoSecond_losesNothingOverTime() {
        // Given
        var pace = new Pace(0, 333.3);

        // Then
        for (long number = 0; number < 5_000; number++) {
            assertThat(pace.due(pace.dueMicros(number))).isEqualTo(number + 1);
            assertThat(pace.due(pace.dueMicros(number) - 1)).isEqualTo(number);
        }
    }
}

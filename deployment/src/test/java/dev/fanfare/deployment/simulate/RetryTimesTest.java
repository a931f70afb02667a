package dev.fanfare.deployment.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryTimesTest {

    private final RetryTimes times = new RetryTimes(2, 3);

    @Test
    void crowd_getsTheEarliestSecondsWithRoom() {
        // When
        int[] told = IntStream.range(0, 6).map(i -> times.take(100)).toArray();

        // Then
        assertThat(told).containsExactly(1, 1, 2, 2, 3, 3);
    }

    @Test
    void crowdThatIsTooLarge_isSpreadEvenly() {
        // Given
        IntStream.range(0, 6).forEach(i -> times.take(100));

        // When
        int[] told = IntStream.range(0, 3).map(i -> times.take(100)).toArray();

        // Then
        assertThat(told).containsExactly(1, 2, 3);
    }

    @Test
    void secondsThatHaveBegun_areForgotten() {
        // Given
        IntStream.range(0, 6).forEach(i -> times.take(100));

        // When
        int[] told = IntStream.range(0, 2).map(i -> times.take(102)).toArray();

        // Then: second 103 is full, 104 is free
        assertThat(told).containsExactly(2, 2);
    }
}

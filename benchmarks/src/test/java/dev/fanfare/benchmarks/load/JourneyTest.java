package dev.fanfare.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JourneyTest {

    private static final long SECOND = 1_000_000;

    private static Journey journey(long lost, long repeated, long told, Long... arrivals) {
        return new Journey(60, 1000, lost, repeated, told, 5, 0, 0, List.of(arrivals), new Percentiles(1, 2, 3, 4));
    }

    @Test
    void mostInASecond_isOfAnySecond_notOfThoseOfAClock() {
        // Given: three around the end of the first second, and two that are just too far from each other
        Journey journey = journey(0, 0, 0, SECOND - 300, SECOND - 1, SECOND + 400, 5 * SECOND, 6 * SECOND, 7 * SECOND);

        // When, Then
        assertThat(journey.mostInASecond()).isEqualTo(3);
        assertThat(journey(0, 0, 0).mostInASecond()).isZero();
    }

    @Test
    void spread_leavesOutTheFirstAndTheLastOfAHundred() {
        // Given: one every tenth of a second, and two stragglers
        Long[] arrivals = LongStream.concat(
                        LongStream.range(0, 200).map(i -> i * SECOND / 10), LongStream.of(90 * SECOND, 99 * SECOND))
                .boxed()
                .toArray(Long[]::new);

        // When, Then
        assertThat(journey(0, 0, 0, arrivals).spreadSeconds()).isBetween(19.5, 20.0);
        assertThat(journey(0, 0, 0).spreadSeconds()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, true", "1, 0, 0, false", "0, 1, 0, false", "0, 0, 1, false"})
    void whole_isWhatLostRepeatedAndWasToldNothing(long lost, long repeated, long told, boolean isWhole) {
        assertThat(journey(lost, repeated, told).isWhole()).isEqualTo(isWhole);
    }
}

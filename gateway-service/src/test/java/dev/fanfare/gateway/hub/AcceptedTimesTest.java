package dev.fanfare.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcceptedTimesTest {

    private final AcceptedTimes times = new AcceptedTimes();

    /// Those of the frames from `from` on are their numbers and 1000.
    private void append(int from, int to) {
        for (int frame = from; frame < to; frame++) {
            times.append(1000 + frame);
        }
    }

    @Test
    void framesThatWait_haveTheirTimes() {
        // When
        append(0, 100);

        // Then
        for (int frame = 0; frame < 100; frame++) {
            assertThat(times.of(frame)).isEqualTo(1000 + frame);
        }
    }

    @Test
    void clearedOnes_makeRoomForTheNext() {
        // Given
        append(0, 6);
        times.clear();

        // When
        append(6, 14);

        // Then
        assertThat(times.of(6)).isEqualTo(1006);
        assertThat(times.of(13)).isEqualTo(1013);
    }

    @Test
    void moreThanAreKept_haveTheTimeOfTheOldestThatIs() {
        // When
        append(0, AcceptedTimes.MAX_CAPACITY + 10);

        // Then
        assertThat(times.of(0)).isEqualTo(1010);
        assertThat(times.of(10)).isEqualTo(1010);
        assertThat(times.of(11)).isEqualTo(1011);
    }
}

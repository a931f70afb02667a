package dev.fanfare.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private final Sightings sightings = new Sightings();

    @BeforeEach
    void begin() {
        sightings.beginAfter(7);
    }

    private void see(long... sequences) {
        for (long sequence : sequences) {
            sightings.saw(sequence);
        }
    }

    @Test
    void oneAfterTheOther_isWhole() {
        // When
        see(8, 9, 10);

        // Then
        assertThat(sightings.lost()).isZero();
        assertThat(sightings.repeated()).isZero();
        assertThat(sightings.newest()).isEqualTo(10);
    }

    @Test
    void numberThatIsLeftOut_isLost_alsoTheFirst() {
        // When
        see(9, 12);

        // Then
        assertThat(sightings.lost()).isEqualTo(1 + 2);
    }

    @Test
    void numberThatComesAgainOrLate_isRepeated() {
        // When
        see(8, 9, 9, 8, 7, 10);

        // Then
        assertThat(sightings.repeated()).isEqualTo(3);
        assertThat(sightings.lost()).isZero();
        assertThat(sightings.newest()).isEqualTo(10);
    }
}

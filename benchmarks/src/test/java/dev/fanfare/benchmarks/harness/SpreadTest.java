package dev.fanfare.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void oddCount_hasTheMiddleOneAsMedian() {
        assertThat(Spread.of(List.of(5.0, 1.0, 4.0))).isEqualTo(new Spread(1, 4, 5));
    }

    @Test
    void evenCount_hasTheMeanOfTheMiddleTwoAsMedian() {
        assertThat(Spread.of(List.of(8.0, 1.0, 2.0, 4.0))).isEqualTo(new Spread(1, 3, 8));
    }

    @Test
    void nothing_hasNoSpread() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.fanfare.access.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {

    @ParameterizedTest
    @CsvSource({"-1,1", "1000001,1", "1,0", "0,0", "1,86400", "10,864000"})
    void outOfRange_isRefused(int perSecond, int burst) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(perSecond, burst));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1000000,1", "1,86399", "10,863999", "1000000,2147483647"})
    void bounds_areTaken(int perSecond, int burst) {
        assertThat(new Rate(perSecond, burst).isOff()).isEqualTo(perSecond == 0);
    }

    @Test
    void largestBurst_doesNotOverflow() {
        assertThat(new Rate(1_000_000, Integer.MAX_VALUE).recovery()).isEqualTo(Duration.ofNanos(2147483647000L));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "9,1", "10,1", "20,2", "5000,500"})
    void chunk_isATenthOfABurstAndAtLeastOne(int burst, int chunk) {
        assertThat(new Rate(10, burst).chunk()).isEqualTo(chunk);
    }
}

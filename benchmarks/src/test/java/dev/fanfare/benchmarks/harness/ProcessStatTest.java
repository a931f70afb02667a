package dev.fanfare.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessStatTest {

    private static final String AFTER_NAME =
            " S 1 812 812 0 -1 4194560 3154 63 0 0 150 50 7 3 20 0 4 0 5120 123 456 18446744073709551615";

    @Test
    void times_areThoseOfAllThreadsInUserAndInSystemMode() {
        assertThat(ProcessStat.parse("812 (java)" + AFTER_NAME))
                .isEqualTo(new ProcessStat(Duration.ofSeconds(2), Duration.ofMillis(100)));
    }

    @Test
    void nameWithSpacesAndBrackets_isSkipped() {
        assertThat(ProcessStat.parse("812 (nginx: worker (1) 2 3)" + AFTER_NAME).cpu())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void otherText_isRefused() {
        assertThatThrownBy(() -> ProcessStat.parse("812 (java) S 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/proc");
    }

    @Test
    void residentMemory_isTakenFromTheStatus() {
        assertThat(ProcessTree.residentBytes("Name:\tjava\nVmPeak:\t  999 kB\nVmRSS:\t  2048 kB\nThreads:\t9\n"))
                .isEqualTo(2 << 20);
        assertThat(ProcessTree.residentBytes("Name:\tgone\n")).isZero();
    }
}

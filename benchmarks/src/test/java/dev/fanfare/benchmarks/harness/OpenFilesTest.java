package dev.fanfare.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OpenFilesTest {

    @Test
    void softLimit_isRead() {
        assertThat(OpenFiles.limit("Limit  Soft Limit  Hard Limit  Units\nMax open files   20000    40000   files\n"))
                .isEqualTo(20_000);
        assertThat(OpenFiles.limit("Max open files   unlimited    unlimited   files\n"))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tooManyConnections_areRefusedWithARemedy() {
        assertThatThrownBy(() -> OpenFiles.require(Integer.MAX_VALUE - 500))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ulimit -n");
    }
}

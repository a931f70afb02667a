package dev.fanfare.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelMemoryTest {

    private static final String SOCKSTAT = """
            sockets: used 112
            TCP: inuse 20 orphan 0 tw 3 alloc 24 mem 7
            UDP: inuse 1 mem 99
            """;

    @Test
    void buffersAndObjects_areReadInBytes() {
        assertThat(KernelMemory.parse(SOCKSTAT, "MemTotal:  9 kB\nSlab:              12 kB\nSReclaimable:  3 kB\n"))
                .isEqualTo(new KernelMemory(7 * 4096, 12 * 1024));
    }

    @Test
    void otherText_isRefused() {
        assertThatThrownBy(() -> KernelMemory.parse(SOCKSTAT, "MemTotal: 9 kB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Slab");
    }
}

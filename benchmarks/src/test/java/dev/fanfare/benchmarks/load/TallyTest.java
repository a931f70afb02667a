package dev.fanfare.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void messageSeenBefore_isNotNew() {
        assertThat(tally.isNew(7)).isTrue();
        assertThat(tally.isNew(7)).isFalse();
        assertThat(tally.isNew(8)).isTrue();
    }

    @Test
    void messageOlderThanTheNewest_isNotNew() {
        // Given
        boolean _ = tally.isNew(8);

        // Then
        assertThat(tally.isNew(7)).isFalse();
        assertThat(tally.newest()).isEqualTo(8);
    }
}

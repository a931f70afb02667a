package dev.fanfare.benchmarks.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoredPublishesTest {

    @Test
    void shortChannels_keepEverything() {
        assertThat(StoredPublishes.expected(250, 100, 100)).isEqualTo(new StoredPublishes(250, 250, 250));
    }

    @Test
    void longChannels_keepTheirHistory() {
        assertThat(StoredPublishes.expected(1_000, 4, 100)).isEqualTo(new StoredPublishes(1_000, 400, 1_000));
    }

    @Test
    void unevenSpread_countsTheLongerChannels() {
        // 3, 3, 2 and 2 publishes
        assertThat(StoredPublishes.expected(10, 4, 2).entries()).isEqualTo(8);
        assertThat(StoredPublishes.expected(10, 4, 3).entries()).isEqualTo(10);
    }
}

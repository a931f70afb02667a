package dev.fanfare.access.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GenerationsTest {

    private static final long MEMORY = 100;

    private final Generations<String> generations = new Generations<>(MEMORY, 0);

    @Test
    void whatIsAskedFor_isKeptForEver() {
        // Given
        generations.findOrAdd("a", 0, () -> "first");

        // When
        for (long now = 0; now < 10 * MEMORY; now += MEMORY - 1) {
            assertThat(generations.find("a", now)).isEqualTo("first");
        }

        // Then
        assertThat(generations.findOrAdd("a", 10 * MEMORY, () -> "second")).isEqualTo("first");
    }

    @Test
    void whatIsNotAskedFor_isKnownForTheMemory_andGoneAfterTwice() {
        // Given
        generations.findOrAdd("a", MEMORY - 1, () -> "first");
        generations.findOrAdd("b", MEMORY - 1, () -> "first");

        // When
        String inTime = generations.find("a", 2 * MEMORY - 2);
        String tooLate = generations.find("b", 4 * MEMORY);

        // Then
        assertThat(inTime).isEqualTo("first");
        assertThat(tooLate).isNull();
    }

    @Test
    void longSilence_forgetsAllAtOnce() {
        // Given
        generations.findOrAdd("a", 0, () -> "first");

        // When, Then
        assertThat(generations.find("a", 2 * MEMORY)).isNull();
        assertThat(generations.size()).isZero();
    }

    @Test
    void size_isBounded_andTheNewestStay() {
        // When
        for (int i = 0; i < 3 * Generations.MAX_SIZE; i++) {
            generations.findOrAdd("key" + i, 0, () -> "value");
        }

        // Then
        assertThat(generations.size()).isLessThanOrEqualTo(2 * Generations.MAX_SIZE);
        assertThat(generations.find("key" + (3 * Generations.MAX_SIZE - 1), 0)).isEqualTo("value");
        assertThat(generations.find("key0", 0)).isNull();
    }
}

package dev.fanfare.messaging.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void id_holdsAllBits() {
        // Given
        var zeros = new MessageIds(filledWith((byte) 0));
        var ones = new MessageIds(filledWith((byte) 0xff));

        // When, Then
        assertThat(zeros.next()).isEqualTo("0000000000000000000000");
        assertThat(ones.next()).isEqualTo("7n42DGM5Tflk9n8mt7Fhc7");
    }

    @Test
    void ids_areDistinctAndUrlSafe() {
        // Given
        var ids = new MessageIds(new Random(1));
        Set<String> seen = new HashSet<>();

        // When
        for (int i = 0; i < 10_000; i++) {
            seen.add(ids.next());
        }

        // Then
        assertThat(seen).hasSize(10_000).allMatch(id -> id.matches("[0-9A-Za-z]{22}"));
    }

    private static RandomGenerator filledWith(byte value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return value;
            }

            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, value);
            }
        };
    }
}

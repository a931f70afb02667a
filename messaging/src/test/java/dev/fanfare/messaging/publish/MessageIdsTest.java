package dev.fanfare.messaging.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void id_holdsAllBits() {
        // Given
        var zeros = new MessageIds(() -> 0);
        var ones = new MessageIds(() -> -1);

        // When, Then
        assertThat(zeros.next()).isEqualTo("0000000000000000000000");
        assertThat(ones.next()).isEqualTo("LygHa16AHYFLygHa16AHYF");
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
}

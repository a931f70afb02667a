package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrySlotsTest {

    private static final int PER_SECOND = 3;
    private static final int LONGEST = 4;

    private long now = Duration.ofSeconds(100).toNanos();
    private final RetrySlots slots = new RetrySlots(PER_SECOND, LONGEST, () -> now);

    private List<Integer> take(int clients) {
        return IntStream.range(0, clients).map(_ -> slots.take()).boxed().toList();
    }

    @Test
    void crowd_isToldAsManyPerSecondAsAreLetIn() {
        assertThat(take(7)).containsExactly(1, 1, 1, 2, 2, 2, 3);
    }

    @Test
    void later_secondsThatWereGivenStayGiven() {
        // Given
        take(7);

        // When
        now += Duration.ofSeconds(1).toNanos();

        // Then
        assertThat(take(5)).containsExactly(2, 2, 3, 3, 3);
    }

    @Test
    void secondsThatHavePassed_areFreeAgain() {
        // Given
        take(PER_SECOND * LONGEST);

        // When
        now += Duration.ofSeconds(1000).toNanos();

        // Then
        assertThat(take(4)).containsExactly(1, 1, 1, 2);
    }

    @Test
    void crowdThatIsTooLarge_isSpreadEvenlyUpToTheLongestTime() {
        // When
        Map<Integer, Long> told = take(10 * PER_SECOND * LONGEST).stream()
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));

        // Then
        assertThat(told).isEqualTo(Map.of(1, 30L, 2, 30L, 3, 30L, 4, 30L));
    }

    @Test
    void onlyOneSecond_isGivenToAll() {
        // Given
        var single = new RetrySlots(1, 1, () -> now);

        // When, Then
        assertThat(List.of(single.take(), single.take(), single.take())).containsOnly(1);
    }
}

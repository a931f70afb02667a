package dev.fanfare.telemetry.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15), new SplittableRandom(7));

    @ParameterizedTest
    @CsvSource({"1, 500, 1000", "2, 1000, 2000", "4, 4000, 8000", "5, 7500, 15000", "2147483647, 7500, 15000"})
    void wait_doublesUpToTheCapAndIsHalfRandom(int failures, long atLeast, long atMost) {
        // When
        var waits = IntStream.range(0, 200)
                .mapToLong(_ -> backoff.after(failures).toMillis())
                .summaryStatistics();

        // Then: within the range, and all over it
        assertThat(waits.getMin()).isBetween(atLeast, atLeast + (atMost - atLeast) / 10);
        assertThat(waits.getMax()).isBetween(atMost - (atMost - atLeast) / 10, atMost);
    }

    @Test
    void widestRange_doesNotOverflow() {
        // Given
        var wide = new Backoff(Duration.ofDays(1), Duration.ofDays(1), new SplittableRandom(7));

        // When, Then
        assertThat(wide.after(1_000_000)).isBetween(Duration.ofHours(12), Duration.ofDays(1));
    }
}

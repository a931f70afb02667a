package dev.fanfare.redis.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofSeconds(2);

    private final Backoff backoff = new Backoff(MIN, MAX, new Random(1));

    @Test
    void pauses_stayUnderABoundThatDoublesUpToTheMaximum() {
        for (long boundMillis : new long[] {100, 200, 400, 800, 1600, 2000, 2000, 2000}) {
            assertThat(backoff.next()).isBetween(Duration.ZERO, Duration.ofMillis(boundMillis));
        }
    }

    @Test
    void pauses_areSpreadOverTheWholeRange() {
        // When
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }

        // Then
        assertThat(Stream.generate(backoff::next).limit(200))
                .anyMatch(pause -> pause.toMillis() < 300)
                .anyMatch(pause -> pause.toMillis() > 1700);
    }

    @Test
    void manyAttempts_doNotOverflow() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(backoff.next()).isBetween(Duration.ZERO, MAX);
        }
    }

    @Test
    void reset_startsFromTheSmallestBound() {
        // Given
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }

        // When
        backoff.reset();

        // Then
        assertThat(backoff.next()).isBetween(Duration.ZERO, MIN);
    }
}

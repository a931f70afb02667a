package dev.fanfare.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long START = -5;

    private final TokenBucket bucket = new TokenBucket(10, 3, START);

    private static long after(long millis) {
        return START + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void burst_isTakenAtOnceAndNoMore() {
        assertThat(IntStream.range(0, 5).filter(_ -> bucket.take(1, 0, START)).count())
                .isEqualTo(3);
    }

    @Test
    void emptyBucket_fillsAtItsRate() {
        // Given
        bucket.take(3, 0, START);

        // Then
        assertThat(bucket.take(1, 0, after(99))).isFalse();
        assertThat(bucket.take(1, 0, after(101))).isTrue();
        assertThat(bucket.take(1, 0, after(101))).isFalse();
    }

    @Test
    void longPause_savesNoMoreThanTheBurst() {
        assertThat(bucket.take(4, 0, after(60_000))).isFalse();
        assertThat(bucket.take(3, 0, after(60_000))).isTrue();
    }

    @Test
    void reserve_isLeftForOthers() {
        // Given
        assertThat(bucket.take(1, 2, START)).isTrue();

        // Then
        assertThat(bucket.take(1, 2, START)).isFalse();
        assertThat(bucket.take(1, 0, START)).isTrue();
    }
}

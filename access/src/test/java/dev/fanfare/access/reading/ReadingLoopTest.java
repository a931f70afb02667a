package dev.fanfare.access.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadingLoopTest {

    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final Duration FULL_INTERVAL = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicLong nanoTime = new AtomicLong();
    private final List<Boolean> questions = new CopyOnWriteArrayList<>();

    private ReadingLoop loop(ReadingLoop.Reader reader) {
        return new ReadingLoop("test", reader, INTERVAL, FULL_INTERVAL, nanoTime::get).started();
    }

    @Test
    void everything_isAskedForUntilItIsAnswered_thenOnlyWhatHasChanged() {
        // When
        try (var _ = loop(isFull -> {
            questions.add(isFull);
            return questions.size() > 2;
        })) {
            await().atMost(SOON).until(() -> questions.size() > 5);
        }

        // Then
        assertThat(questions).startsWith(true, true, true, false, false, false);
    }

    @Test
    void everything_isAskedForAgainAfterTheLongerInterval() {
        // Given
        try (var _ = loop(isFull -> {
            questions.add(isFull);
            nanoTime.addAndGet(FULL_INTERVAL.toNanos() / 3);
            return true;
        })) {
            // When
            await().atMost(SOON).until(() -> questions.size() > 6);
        }

        // Then
        assertThat(questions).startsWith(true, false, false, true, false, false, true);
    }

    @Test
    void changesThatAreNotAnswered_areAskedForAgain() {
        // When
        try (var _ = loop(isFull -> {
            questions.add(isFull);
            return isFull;
        })) {
            await().atMost(SOON).until(() -> questions.size() > 3);
        }

        // Then
        assertThat(questions).startsWith(true, false, false, false);
    }

    @Test
    void closedLoop_asksNoMore() throws InterruptedException {
        // Given
        Thread[] asking = new Thread[1];
        ReadingLoop loop = loop(_ -> {
            asking[0] = Thread.currentThread();
            return true;
        });
        await().atMost(SOON).until(() -> asking[0] != null);

        // When
        loop.close();

        // Then
        assertThat(asking[0].join(SOON)).isTrue();
    }
}

package dev.fanfare.telemetry.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTest {

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 10", "9, 10", "10, 20", "11, 20", "35, 40", "1000, 1010"})
    void next_isTheFirstTickOfTheGridAfterNow(long now, long expected) {
        // Given: a start just before the overflow of the ticker
        long start = Long.MAX_VALUE - 15;
        var schedule = new PollSchedule(start, Duration.ofNanos(10));

        // When, Then
        assertThat(schedule.next(start + now) - start).isEqualTo(expected);
    }
}

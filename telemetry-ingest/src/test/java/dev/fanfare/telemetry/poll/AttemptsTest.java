package dev.fanfare.telemetry.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.publish.SamplePublisher;
import dev.fanfare.testkit.VirtualClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final Channel CHANNEL = new Channel("c");
    private static final Duration ROUND_TRIP = Duration.ofMillis(7);

    private final VirtualTicker ticker = new VirtualTicker();
    private final VirtualClock clock = new VirtualClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RecordingBroker broker = new RecordingBroker();
    private final MessagePublisher slow = (message, fence) -> {
        ticker.advance(ROUND_TRIP);
        return broker.publish(message, fence);
    };
    private final Attempts attempts = new Attempts(
            "iss", new SamplePublisher("iss", CHANNEL, slow, clock), new PollMetrics("iss", registry, ticker), ticker);

    private PollOutcome publish() throws InterruptedException {
        var tenure = new Tenure(1, ticker.nanos() + Duration.ofSeconds(10).toNanos(), ticker);
        var message = new Message(CHANNEL, "m", RawJson.ofString("1"), null, null, clock.instant());
        return attempts.publish(message, tenure, (attempt, _) -> attempt < 3);
    }

    private Timer roundTrips() {
        return registry.get("fanfare.telemetry.publish.duration")
                .tag("source", "iss")
                .timer();
    }

    @Test
    void answeredPublish_isTimedFromItsOwnAttempt() throws InterruptedException {
        // Given
        broker.failing(2);

        // When
        publish();

        // Then
        assertThat(broker.attempts()).hasSize(3);
        assertThat(roundTrips().count()).isEqualTo(1);
        assertThat(roundTrips().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(7.0);
    }

    @Test
    void refusal_isAnAnswerToo() throws InterruptedException {
        // Given
        broker.fencing();

        // When
        publish();

        // Then
        assertThat(roundTrips().count()).isEqualTo(1);
    }

    @Test
    void publishThatNobodyAnswers_isNotTimed() throws InterruptedException {
        // Given
        broker.failing(3);

        // When
        publish();

        // Then
        assertThat(roundTrips().count()).isZero();
    }
}

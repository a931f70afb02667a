package dev.fanfare.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {

    private static final int SUBSCRIBERS = 2;
    private static final long MILLI = 1_000;
    private static final Duration TIME = Duration.ofMillis(100);

    private final Deque<Long> onTheWay = new ArrayDeque<>();
    private final List<Long> sent = new ArrayList<>();
    private long cpuMillis;

    private Run run(Rate rate) {
        var outlet = new Run.Outlet() {
            @Override
            public int publish(long sentMicros) {
                sent.add(sentMicros);
                for (int i = 0; i < SUBSCRIBERS; i++) {
                    onTheWay.add(sentMicros);
                }
                return SUBSCRIBERS;
            }

            @Override
            public void flush() {}
        };
        return new Run(
                rate,
                TIME,
                0,
                SUBSCRIBERS,
                outlet,
                () -> Duration.ofMillis(cpuMillis),
                () -> Duration.ofMillis(cpuMillis / 2));
    }

    private void deliverAll(Run run, long nowMicros) {
        while (!onTheWay.isEmpty()) {
            run.onMessage(true, onTheWay.remove(), nowMicros);
        }
    }

    @Test
    void window_holdsTheNextMessageBackUntilOneHasReachedAll() {
        // Given
        Run run = run(new Rate.Window(3));
        run.pump(0);
        assertThat(sent).hasSize(3);

        // When
        run.onMessage(true, onTheWay.remove(), MILLI);
        run.pump(MILLI);
        int afterOneSubscriber = sent.size();
        run.onMessage(true, onTheWay.remove(), MILLI);
        run.pump(MILLI);

        // Then
        assertThat(afterOneSubscriber).isEqualTo(3);
        assertThat(sent).hasSize(4);
    }

    @Test
    void fixedRate_sendsWhatIsDueAlthoughNothingCameBack() {
        // Given
        Run run = run(new Rate.Fixed(1_000));

        // When
        run.pump(50 * MILLI);

        // Then
        assertThat(sent).hasSize(51);
    }

    @Test
    void senderThatWasHeldUp_makesLatencyLongerAndHidesNothing() {
        // Given a sender that could not run for 50 ms, in which 50 messages were due
        Run run = run(new Rate.Fixed(1_000));
        run.pump(0);
        deliverAll(run, 0);

        // When
        run.pump(50 * MILLI);
        deliverAll(run, 50 * MILLI);
        run.pump(200 * MILLI);
        deliverAll(run, 200 * MILLI);
        run.pump(200 * MILLI);

        // Then they count from the moment at which each of them was due
        Percentiles latency = run.outcome().join().latency();
        assertThat(latency.p50()).isGreaterThan(20);
        assertThat(latency.max()).isCloseTo(150, org.assertj.core.data.Percentage.withPercentage(35));
    }

    @Test
    void end_comesWithTheLastDelivery() {
        // Given
        Run run = run(new Rate.Window(1));
        run.pump(0);
        run.pump(150 * MILLI);
        assertThat(run.outcome()).isNotDone();

        // When
        cpuMillis = 80;
        deliverAll(run, 160 * MILLI);
        run.pump(160 * MILLI);

        // Then
        Outcome outcome = run.outcome().join();
        assertThat(outcome.published()).isEqualTo(1);
        assertThat(outcome.delivered()).isEqualTo(SUBSCRIBERS);
        assertThat(outcome.lost()).isZero();
        assertThat(outcome.elapsed()).isEqualTo(Duration.ofMillis(160));
        assertThat(outcome.serverShare()).isEqualTo(0.5);
        assertThat(outcome.loadShare()).isEqualTo(0.25);
        assertThat(outcome.serverMicrosEach()).isEqualTo(40_000);
    }

    @Test
    void deliveryThatNeverComes_isLost() {
        // Given
        Run run = run(new Rate.Window(1));
        run.pump(0);
        run.onMessage(true, onTheWay.remove(), MILLI);
        run.onMessage(false, 0, MILLI);

        // When
        run.pump(Duration.ofSeconds(11).toNanos() / 1000);

        // Then
        Outcome outcome = run.outcome().join();
        assertThat(outcome.lost()).isEqualTo(1);
        assertThat(outcome.repeated()).isEqualTo(1);
    }
}

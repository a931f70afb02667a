package dev.fanfare.access.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.BudgetLedger;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Instances that share budgets, over the in-memory broker and under a clock of their own.
class SharedBudgetsTest {

    private static final Rate RATE = new Rate(10, 20);
    private static final String ALICE = "alice";

    private final VirtualClock clock = new VirtualClock();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final InMemoryBroker broker = new InMemoryBroker(new ChannelRules(List.of()), clock, Duration.ofMinutes(5));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    /// Answers before it returns.
    private final BudgetLedger ledger = (budget, cost) -> {
        CompletableFuture<Duration> answer = broker.spend(budget, cost);
        answer.handle((_, _) -> true).join();
        return answer;
    };
    private final SharedBudgets here = instance();
    private final SharedBudgets there = instance();

    private SharedBudgets instance() {
        return new SharedBudgets("tests", RATE, ledger, new LimitMetrics(registry), nanos::get);
    }

    private void pass(Duration time) {
        clock.advance(time);
        nanos.addAndGet(time.toNanos());
    }

    private boolean tries(SharedBudgets instance) {
        boolean isFree = instance.waits(ALICE) == 0;
        if (isFree) {
            instance.spend(ALICE, 1);
        }
        return isFree;
    }

    /// How often `instance` lets through at once.
    private int drain(SharedBudgets instance) {
        int through = 0;
        while (tries(instance)) {
            through++;
        }
        return through;
    }

    @Test
    void burst_isLetThrough_andThenTheRate() {
        // When
        int atOnce = drain(here);
        long wait = here.waits(ALICE);
        pass(Duration.ofSeconds(1));
        int aSecondLater = drain(here);

        // Then
        assertThat(atOnce).isEqualTo(RATE.burst());
        assertThat(wait).isEqualTo(Duration.ofMillis(100).toNanos());
        assertThat(aSecondLater).isEqualTo(RATE.perSecond());
    }

    @Test
    void whatOneInstanceLetThrough_isGoneForTheOther() {
        // Given
        drain(here);

        // When
        int there = drain(this.there);

        // Then
        assertThat(there).isBetween(1, RATE.chunk());
    }

    @Test
    void othersHaveTheirOwnBudget() {
        // Given
        drain(here);

        // When, Then
        assertThat(here.waits("bert")).isZero();
    }

    @Test
    void wholeRequest_isLetThroughWhenOneIsLeft_andWaitedForAfterwards() {
        // When
        here.spend(ALICE, 5 * RATE.burst());

        // Then
        assertThat(here.waits(ALICE))
                .isEqualTo(Duration.ofSeconds(8).plusMillis(100).toNanos());
        assertThat(drain(there)).isEqualTo(RATE.chunk());
    }

    @Test
    void trickle_costsTheLedgerOneReportAChunk() {
        // When
        IntStream.range(0, 100).forEach(_ -> {
            pass(Duration.ofMillis(500));
            assertThat(tries(here)).isTrue();
        });

        // Then
        assertThat(reports("answered")).isEqualTo(100.0 / RATE.chunk());
    }

    @Test
    void awayLedger_leavesEachInstanceWithTheLimitItself() {
        // Given
        broker.stop();

        // When
        int through = drain(here) + drain(there);

        // Then
        assertThat(through).isEqualTo(2 * RATE.burst());
        assertThat(reports("failed")).isEqualTo(2.0 * RATE.burst() / RATE.chunk());
    }

    @Test
    void ledgerThatIsBack_isToldAndHeardAgain() {
        // Given
        broker.stop();
        drain(here);
        broker.resume();
        pass(RATE.recovery());

        // When
        drain(here);

        // Then
        assertThat(drain(there)).isLessThanOrEqualTo(RATE.chunk());
    }

    @Test
    void slowLedger_isAskedOnceAtATime_andToldTheRestAfterwards() {
        // Given
        var slow = new CompletableFuture<Duration>();
        List<Duration> told = new ArrayList<>();
        var instance = new SharedBudgets(
                "tests",
                RATE,
                (_, cost) -> {
                    told.add(cost);
                    return slow;
                },
                new LimitMetrics(registry),
                nanos::get);

        // When
        instance.spend(ALICE, RATE.chunk());
        instance.spend(ALICE, 3 * RATE.chunk());
        slow.complete(Duration.ofSeconds(5));
        long wait = instance.waits(ALICE);
        instance.spend(ALICE, 1);

        // Then
        Duration chunk = Duration.ofMillis(100).multipliedBy(RATE.chunk());
        assertThat(told).containsExactly(chunk, chunk.multipliedBy(3).plusMillis(100));
        // 5 s are spent by all, 600 ms here since, and 1.9 s may be.
        assertThat(wait).isEqualTo(Duration.ofMillis(3700).toNanos());
    }

    @Test
    void nothing_isCountedWithoutALimit() {
        // Given
        var unlimited = new SharedBudgets("tests", new Rate(0, 1), ledger, new LimitMetrics(registry), nanos::get);

        // When
        unlimited.spend(ALICE, 1_000_000);

        // Then
        assertThat(unlimited.waits(ALICE)).isZero();
        assertThat(reports("answered")).isZero();
    }

    /// The bound that the head of the class states, where the answers of the ledger take no time.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void instancesTogether_letThroughNoMoreThanTheyPromise(long seed) {
        // Given
        var random = new Random(seed);
        int count = 2 + random.nextInt(4);
        List<SharedBudgets> instances =
                IntStream.range(0, count).mapToObj(_ -> instance()).toList();
        Duration time = Duration.ZERO;
        int through = 0;

        // When
        for (int i = 0; i < 2_000; i++) {
            Duration pause = Duration.ofMillis(random.nextInt(30));
            pass(pause);
            time = time.plus(pause);
            through += tries(instances.get(random.nextInt(count))) ? 1 : 0;
        }

        // Then
        double promised = RATE.burst() + RATE.perSecond() * time.toMillis() / 1e3;
        assertThat(through).isBetween((int) (0.9 * promised), (int) promised + count * RATE.chunk());
    }

    private double reports(String outcome) {
        return registry.get("fanfare.limits.reports")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}

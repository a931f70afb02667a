package dev.fanfare.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.LeaseOutcome;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [dev.fanfare.contract.broker.LeaseKeeper] does.
public abstract class LeaseKeeperContract extends BrokerContract {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final String name = "lease-" + UUID.randomUUID();

    @Test
    public void freeLease_isHeldByWhoAsksFirst() {
        // When
        LeaseOutcome first = await(leases().acquire(name, "a", LONG));
        LeaseOutcome second = await(leases().acquire(name, "b", LONG));

        // Then
        assertThat(first).isInstanceOf(LeaseOutcome.Held.class);
        assertThat(second)
                .isInstanceOfSatisfying(
                        LeaseOutcome.Taken.class,
                        taken -> assertThat(taken.remaining()).isBetween(Duration.ofSeconds(30), LONG));
    }

    @Test
    public void manyAtATime_getItOnce() {
        // When
        List<CompletableFuture<LeaseOutcome>> futures = IntStream.range(0, 50)
                .parallel()
                .mapToObj(i -> leases().acquire(name, "owner-" + i, LONG))
                .toList();

        // Then
        assertThat(futures.stream().map(BrokerContract::await).filter(LeaseOutcome.Held.class::isInstance))
                .hasSize(1);
    }

    @Test
    public void prolongedLease_keepsItsFence() {
        // Given
        long fence = hold("a", SHORT);

        // When
        long prolonged = hold("a", LONG);
        broker().passTime(SHORT.plusMillis(50));

        // Then
        assertThat(prolonged).isEqualTo(fence);
        assertThat(await(leases().acquire(name, "b", LONG))).isInstanceOf(LeaseOutcome.Taken.class);
    }

    @Test
    public void expiredLease_goesToAnotherWithAGreaterFence() {
        // Given
        long fence = hold("a", SHORT);

        // When
        broker().passTime(SHORT.plusMillis(50));

        // Then
        assertThat(hold("b", LONG)).isGreaterThan(fence);
    }

    @Test
    public void expiredLeaseOfTheSameOwner_isANewOne() {
        // Given
        long fence = hold("a", SHORT);

        // When
        broker().passTime(SHORT.plusMillis(50));

        // Then
        assertThat(hold("a", LONG)).isGreaterThan(fence);
    }

    @Test
    public void releasedLease_isFreeAtOnce() {
        // Given
        long fence = hold("a", LONG);

        // When
        await(leases().release(name, "a"));

        // Then
        assertThat(hold("b", LONG)).isGreaterThan(fence);
    }

    @Test
    public void releaseByAnother_changesNothing() {
        // Given
        hold("a", LONG);

        // When
        await(leases().release(name, "b"));
        await(leases().release("other-" + name, "a"));

        // Then
        assertThat(await(leases().acquire(name, "c", LONG))).isInstanceOf(LeaseOutcome.Taken.class);
    }

    @Test
    public void lateReleaseByThePreviousOwner_changesNothing() {
        // Given
        hold("a", SHORT);
        broker().passTime(SHORT.plusMillis(50));
        hold("b", LONG);

        // When
        await(leases().release(name, "a"));

        // Then
        assertThat(await(leases().acquire(name, "c", LONG))).isInstanceOf(LeaseOutcome.Taken.class);
    }

    @Test
    public void forgottenLease_stillGetsAGreaterFence() {
        // Given
        long fence = hold("a", LONG);

        // When
        broker().forgetAll();

        // Then
        assertThat(hold("b", LONG)).isGreaterThan(fence);
    }

    @Test
    public void leaseShorterThanHundredMilliseconds_isAMistakeOfTheCaller() {
        assertThatThrownBy(() -> await(leases().acquire(name, "a", Duration.ofMillis(99))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void brokenBroker_failsInTimeAndWorksAgainAfterwards() {
        // When
        broker().breakDown();

        // Then
        assertUnavailable(leases().acquire(name, "a", LONG));
        assertUnavailable(leases().release(name, "a"));
        broker().repair();
        hold("a", LONG);
    }

    private long hold(String owner, Duration ttl) {
        return ((LeaseOutcome.Held) await(leases().acquire(name, owner, ttl))).fence();
    }
}

package dev.fanfare.telemetry.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.LeaseOutcome;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.poll.PollMetrics;
import dev.fanfare.telemetry.poll.Poller;
import dev.fanfare.telemetry.poll.RecordingBroker;
import dev.fanfare.telemetry.poll.Ticker;
import dev.fanfare.telemetry.publish.SamplePublisher;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.SettingsFixture;
import dev.fanfare.telemetry.source.SourceSettings;
import dev.fanfare.telemetry.source.TelemetrySource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real threads and real time, with a ttl short enough to wait for.
class LeadershipTest {

    private static final Duration TTL = Duration.ofMillis(600);
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ScriptedLeases leases = new ScriptedLeases();
    private final RecordingBroker broker = new RecordingBroker();
    private final List<Leadership> started = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Leadership leadership : started) {
            leadership.stop();
        }
    }

    @Test
    void freeLease_isTakenRenewedAndPolledUnder() {
        // When
        MeterRegistry registry = start("a", broker);

        // Then: it lasts for several times the ttl, under one fence
        await().atMost(SOON).until(() -> leases.renewals() >= 6);
        assertThat(leader(registry)).isEqualTo(1);
        assertThat(broker.stored())
                .extracting(Message::id)
                .hasSizeGreaterThan(5)
                .allMatch(id -> id.startsWith("iss-1-"));
    }

    @Test
    void secondInstance_standsByAndPollsNothing() {
        // Given
        start("a", broker);
        await().atMost(SOON).until(() -> !broker.stored().isEmpty());
        var standbyBroker = new RecordingBroker();

        // When
        MeterRegistry standby = start("b", standbyBroker);
        await().atMost(SOON).until(() -> leases.renewals() >= 6);

        // Then
        assertThat(leader(standby)).isZero();
        assertThat(standbyBroker.attempts()).isEmpty();
    }

    @Test
    void stop_releasesTheLeaseSoThatTheStandbyFollowsAtOnce() throws InterruptedException {
        // Given
        start("a", broker);
        await().atMost(SOON).until(() -> !broker.stored().isEmpty());
        var standbyBroker = new RecordingBroker();
        MeterRegistry standby = start("b", standbyBroker);

        // When
        started.getFirst().stop();
        int published = broker.stored().size();

        // Then
        assertThat(leases.owner()).isNotEqualTo("a");
        await().atMost(SOON).until(() -> !standbyBroker.stored().isEmpty());
        assertThat(leader(standby)).isEqualTo(1);
        assertThat(standbyBroker.stored().getFirst().id()).startsWith("iss-2-");
        assertThat(broker.stored()).hasSize(published);
    }

    @Test
    void leaseThatCannotBeRenewed_endsThePollingBeforeItRunsOut() {
        // Given: each publish says how much of the lease was left, by the clock of the lease
        var left = new ArrayList<Duration>();
        MessagePublisher observing = (message, fence) -> {
            synchronized (left) {
                left.add(leases.remaining());
            }
            return broker.publish(message, fence);
        };
        MeterRegistry registry = start("a", observing);
        await().atMost(SOON).until(() -> leases.renewals() >= 1);

        // When
        leases.fallSilent();

        // Then
        await().atMost(SOON).until(() -> leader(registry) == 0);
        synchronized (left) {
            assertThat(left).isNotEmpty().allMatch(Duration::isPositive);
        }
    }

    @Test
    void redisThatComesBack_bringsALeader() {
        // Given
        MeterRegistry registry = start("a", broker);
        await().atMost(SOON).until(() -> leader(registry) == 1);
        leases.fail(true);
        await().atMost(SOON).until(() -> leader(registry) == 0);

        // When
        leases.fail(false);

        // Then
        await().atMost(SOON).until(() -> leader(registry) == 1);
    }

    @Test
    void leaseTakenByAnother_endsThePollingAtTheNextRenewal() {
        // Given
        MeterRegistry registry = start("a", broker);
        await().atMost(SOON).until(() -> leader(registry) == 1);

        // When
        leases.giveTo("thief", Duration.ofMinutes(1));

        // Then
        await().atMost(SOON).until(() -> leader(registry) == 0);
    }

    @Test
    void leaseLostAndRegainedInBetween_isANewTenureWithItsFence() {
        // Given
        start("a", broker);
        await().atMost(SOON).until(() -> !broker.stored().isEmpty());

        // When: Redis has forgotten everything
        leases.forget();

        // Then
        await().atMost(SOON).until(() -> !broker.stored().getLast().id().startsWith("iss-1-"));
        assertThat(broker.stored()).extracting(Message::id).doesNotHaveDuplicates();
    }

    @Test
    void fencedOffLeader_stepsDownAndReleasesTheLease() {
        // Given
        broker.fencing();

        // When
        start("a", broker);

        // Then: each try is one publish under a fence of its own, never a second under the same
        await().atMost(SOON).until(() -> broker.attempts().size() >= 3);
        assertThat(broker.attempts())
                .extracting(message -> message.id().replaceFirst("-\\d+$", ""))
                .doesNotHaveDuplicates();
        assertThat(broker.stored()).isEmpty();
    }

    @Test
    void stopWhileRedisIsSilent_isBounded() throws InterruptedException {
        // Given
        start("a", broker);
        await().atMost(SOON).until(() -> !broker.stored().isEmpty());
        leases.fallSilent();

        // When
        started.getFirst().stop();

        // Then
        assertThat(started.getFirst().isRunning()).isFalse();
    }

    @Test
    void stopDuringAPublish_waitsForIt() throws InterruptedException {
        // Given: a broker that answers when told to
        var answer = new CompletableFuture<PublishOutcome>();
        var isPublishing = new CompletableFuture<Message>();
        start("a", (message, _) -> {
            isPublishing.complete(message);
            return answer;
        });
        isPublishing.join();

        // When
        Thread stopping = Thread.ofVirtual().start(() -> stopQuietly(started.getFirst()));
        boolean hasStopped = stopping.join(Duration.ofMillis(300));
        String ownerMeanwhile = leases.owner();
        answer.complete(new PublishOutcome.FencedOff());

        // Then: the lease is given up after the publish, not before
        assertThat(hasStopped).isFalse();
        assertThat(ownerMeanwhile).isEqualTo("a");
        assertThat(stopping.join(SOON)).isTrue();
        assertThat(leases.owner()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"499, 100, ttl", "60001, 100, ttl", "3000, 49, retry", "3000, 3001, retry"})
    void valueOutOfRange_isRefusedWithTheNameOfItsProperty(long ttl, long retry, String property) {
        // When, Then
        assertThatThrownBy(() -> leadership("a", broker, Duration.ofMillis(ttl), Duration.ofMillis(retry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fanfare.telemetry.lease." + property + " is ");
    }

    private static void stopQuietly(Leadership leadership) {
        try {
            leadership.stop();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private MeterRegistry start(String owner, MessagePublisher publisher) {
        var registry = new SimpleMeterRegistry();
        Leadership leadership = leadership(owner, publisher, TTL, RETRY, registry);
        started.add(leadership);
        leadership.start();
        return registry;
    }

    private Leadership leadership(String owner, MessagePublisher publisher, Duration ttl, Duration retry) {
        return leadership(owner, publisher, ttl, retry, new SimpleMeterRegistry());
    }

    private Leadership leadership(
            String owner, MessagePublisher publisher, Duration ttl, Duration retry, MeterRegistry registry) {
        SourceSettings settings =
                new SettingsFixture().interval(Duration.ofMillis(100)).build();
        TelemetrySource source = _ -> new Fetched(new Sample(RawJson.ofString("x"), false));
        Poller poller = Poller.of(
                settings,
                source,
                null,
                new SamplePublisher("iss", settings.channel(), publisher, Clock.systemUTC()),
                new PollMetrics("iss", registry, Ticker.SYSTEM),
                Ticker.SYSTEM);
        var metrics = new LeadershipMetrics("iss", registry);
        return new Leadership(poller, leases, owner, new FixedLeaseConfig(ttl, retry), metrics, Ticker.SYSTEM);
    }

    private static double leader(MeterRegistry registry) {
        return registry.get("fanfare.telemetry.leader").gauge().value();
    }

    private record FixedLeaseConfig(Duration ttl, Duration retry) implements LeaseConfig {}

    /// One lease in memory that can fail, fall silent, be stolen and be forgotten.
    private static final class ScriptedLeases implements LeaseKeeper {

        private String owner = "";
        private long until;
        private long fence;
        private int renewals;
        private boolean isFailing;
        private boolean isSilent;

        @Override
        public synchronized CompletableFuture<LeaseOutcome> acquire(String name, String caller, Duration ttl) {
            assertThat(name).isEqualTo("telemetry:iss.telemetry");
            if (isSilent) {
                return new CompletableFuture<>();
            }
            if (isFailing) {
                return CompletableFuture.failedFuture(new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "scripted"));
            }
            boolean isHeld = !owner.isEmpty() && remaining().isPositive();
            if (isHeld && !owner.equals(caller)) {
                return CompletableFuture.completedFuture(new LeaseOutcome.Taken(remaining()));
            }
            if (isHeld) {
                renewals++;
            } else {
                fence++;
            }
            owner = caller;
            until = System.nanoTime() + ttl.toNanos();
            return CompletableFuture.completedFuture(new LeaseOutcome.Held(fence));
        }

        @Override
        public synchronized CompletableFuture<Void> release(String name, String caller) {
            if (isSilent) {
                return new CompletableFuture<>();
            }
            if (owner.equals(caller)) {
                owner = "";
            }
            return CompletableFuture.completedFuture(null);
        }

        synchronized Duration remaining() {
            return Duration.ofNanos(until - System.nanoTime());
        }

        synchronized void giveTo(String thief, Duration time) {
            owner = thief;
            until = System.nanoTime() + time.toNanos();
            fence++;
        }

        synchronized void forget() {
            owner = "";
        }

        synchronized void fallSilent() {
            isSilent = true;
        }

        synchronized void fail(boolean isOn) {
            isFailing = isOn;
        }

        synchronized int renewals() {
            return renewals;
        }

        synchronized String owner() {
            return owner;
        }
    }
}

package dev.fanfare.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.RecordingListener;
import dev.fanfare.testkit.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    private static final Duration TTL = EvacuationSettings.defaults().announceTtl();

    /// Two announcements.
    private static final Duration ALONE_AFTER =
            EvacuationSettings.defaults().announceInterval().multipliedBy(2);

    private static final InstanceLoad LOAD = new InstanceLoad(7, Duration.ofMillis(1), 900, Duration.ofMinutes(2));

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryBroker broker = new InMemoryBroker(new ChannelRules(List.of()), clock, Duration.ofMinutes(5));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Neighbours neighbours =
            new Neighbours(broker, broker, EvacuationSettings.defaults(), new MoveMetrics(registry), clock);

    @BeforeEach
    void start() {
        broker.start(new RecordingListener());
        another(true);
    }

    /// Lets another gateway speak; returns how many it hears of.
    private int another(boolean isWell) {
        return await(broker.announce(Neighbours.SERVICE, "another", isWell, InstanceLoad.NONE, TTL))
                .size();
    }

    private static <T> T await(CompletableFuture<T> future) {
        assertThat(future).succeedsWithin(Duration.ofSeconds(10));
        return future.join();
    }

    @Test
    void liveFeed_isWellAndHearsOfTheOthers() {
        // When
        await(neighbours.announce(LOAD));

        // Then
        assertThat(neighbours.others()).isEqualTo(1);
        assertThat(registry.get("fanfare.gateway.evacuation.others").gauge().value())
                .isEqualTo(1);
        assertThat(another(true)).isEqualTo(1);
    }

    @Test
    void loads_areToldToOneAnother() {
        // When
        await(neighbours.announce(LOAD));

        // Then
        assertThat(neighbours.loads()).containsExactly(InstanceLoad.NONE);
        assertThat(await(broker.announce(Neighbours.SERVICE, "another", true, InstanceLoad.NONE, TTL)))
                .containsExactly(LOAD);
    }

    @Test
    void lostFeed_isNotWellButHearsOfTheOthers() {
        // Given
        await(neighbours.announce(LOAD));

        // When
        broker.loseFeed();
        await(neighbours.announce(LOAD));

        // Then
        assertThat(neighbours.others()).isEqualTo(1);
        assertThat(another(true)).isZero();
    }

    @Test
    void redisDoesNotAnswer_knowsOfNobody() {
        // Given
        await(neighbours.announce(LOAD));

        // When
        broker.stop();
        await(neighbours.announce(LOAD));

        // Then
        assertThat(neighbours.others()).isZero();
        assertThat(registry.get("fanfare.gateway.evacuation.others").gauge().value())
                .isZero();
    }

    @Test
    void onlyAnAnswerOfRedis_saysThatThereIsNobody() {
        // Given
        boolean beforeTheFirstAnswer = neighbours.areNone();
        another(false);

        // When
        await(neighbours.announce(LOAD));
        clock.advance(ALONE_AFTER);
        boolean afterAnAnswer = neighbours.areNone();
        broker.stop();
        await(neighbours.announce(LOAD));

        // Then
        assertThat(beforeTheFirstAnswer).isFalse();
        assertThat(afterAnAnswer).isTrue();
        assertThat(neighbours.areNone()).isFalse();
    }

    @Test
    void redisThatForgotAll_isNotBelievedUntilEverybodyHadTimeToSpeak() {
        // Given
        await(neighbours.announce(LOAD));
        another(false);

        // When
        await(neighbours.announce(LOAD));
        clock.advance(ALONE_AFTER.minusMillis(1));
        boolean tooSoon = neighbours.areNone();
        await(neighbours.announce(LOAD));
        clock.advance(Duration.ofMillis(1));

        // Then
        assertThat(tooSoon).isFalse();
        assertThat(neighbours.areNone()).isTrue();
        another(true);
        await(neighbours.announce(LOAD));
        assertThat(neighbours.areNone()).isFalse();
    }

    @Test
    void feedThatIsLostOrBack_isNewsUntilItIsTold() {
        // Given
        boolean beforeAnythingWasSaid = neighbours.hasNews();
        await(neighbours.announce(LOAD));
        boolean afterwards = neighbours.hasNews();

        // When
        broker.loseFeed();

        // Then
        assertThat(beforeAnythingWasSaid).isTrue();
        assertThat(afterwards).isFalse();
        assertThat(neighbours.hasNews()).isTrue();
        await(neighbours.announce(LOAD));
        assertThat(neighbours.hasNews()).isFalse();
    }

    @Test
    void instance_isListedOnceRedisHasAnsweredThatItIsWell() {
        // Given
        boolean beforeAnythingWasSaid = neighbours.isListed();
        broker.stop();
        await(neighbours.announce(LOAD));
        boolean withoutAnAnswer = neighbours.isListed();

        // When
        broker.resume();
        await(neighbours.announce(LOAD));

        // Then
        assertThat(beforeAnythingWasSaid).isFalse();
        assertThat(withoutAnAnswer).isFalse();
        assertThat(neighbours.isListed()).isTrue();
    }

    @Test
    void instanceThatIsDeafOrHasLeft_isNotListed() {
        // Given
        await(neighbours.announce(LOAD));

        // When
        broker.loseFeed();
        await(neighbours.announce(LOAD));
        boolean whileDeaf = neighbours.isListed();
        broker.regainFeed();
        await(neighbours.announce(LOAD));
        boolean again = neighbours.isListed();
        await(neighbours.leave());

        // Then
        assertThat(whileDeaf).isFalse();
        assertThat(again).isTrue();
        assertThat(neighbours.isListed()).isFalse();
    }

    @Test
    void instanceThatHasLeft_staysOffTheListAndHearsOfTheOthers() {
        // Given
        await(neighbours.leave());

        // When
        await(neighbours.announce(LOAD));

        // Then
        assertThat(neighbours.others()).isEqualTo(1);
        assertThat(another(true)).isZero();
    }

    @Test
    void instanceThatLeaves_isOffTheListAtOnceThoughItsFeedIsLive() {
        // Given
        await(neighbours.announce(LOAD));

        // When
        await(neighbours.leave());

        // Then
        assertThat(another(true)).isZero();
    }

    @Test
    void silentInstance_isForgottenAfterItsTtl() {
        // Given
        await(neighbours.announce(LOAD));

        // When
        clock.advance(TTL);

        // Then
        assertThat(another(true)).isZero();
    }
}

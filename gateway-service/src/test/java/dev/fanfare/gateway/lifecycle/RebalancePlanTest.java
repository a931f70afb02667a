package dev.fanfare.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.testkit.VirtualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RebalancePlanTest {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration DRAIN = Duration.ofSeconds(45);
    private static final Duration SETTLED = RebalanceSettings.defaults().warmUp();

    private final VirtualClock clock = new VirtualClock();
    private final RebalancePlan plan = plan(RebalanceSettings.defaults());
    private final Set<String> open = new LinkedHashSet<>();

    private RebalancePlan plan(RebalanceConfig config) {
        return new RebalancePlan(config, DRAIN, clock, new SplittableRandom(7));
    }

    private void have(int connections) {
        for (int i = open.size(); i < connections; i++) {
            open.add("c" + i);
        }
    }

    private static List<InstanceLoad> others(int... connections) {
        return Arrays.stream(connections).mapToObj(each -> aged(each, SETTLED)).toList();
    }

    private static InstanceLoad aged(int connections, Duration age) {
        return new InstanceLoad(connections, Duration.ZERO, 0, age);
    }

    /// Those who are asked in the next `time`, while nobody leaves.
    private List<String> askedWithin(Duration time, RebalancePlan asking, boolean isWell, List<InstanceLoad> others) {
        return Stream.iterate(Duration.ZERO, at -> at.compareTo(time) <= 0, at -> at.plus(LOOK))
                .map(_ -> {
                    Map<String, Duration> asked = asking.look(isWell, others, open);
                    clock.advance(LOOK);
                    return asked.keySet();
                })
                .flatMap(Collection::stream)
                .toList();
    }

    private List<String> askedWithin(Duration time, List<InstanceLoad> others) {
        return askedWithin(time, plan, true, others);
    }

    @Test
    void lessAboveTheMeanThanTheMargin_asksNobody() {
        // Given: the mean is 1000
        have(1099);

        // When, Then
        assertThat(askedWithin(Duration.ofMinutes(1), others(901))).isEmpty();
        assertThat(plan.excess()).isEqualTo(99);
    }

    @Test
    void aboveTheMargin_asksAtThePace() {
        // Given
        have(2000);

        // When
        List<String> asked = askedWithin(Duration.ofSeconds(3), others(0));

        // Then: 2 % of 2000 in each second
        assertThat(asked).hasSize(120).doesNotHaveDuplicates();
        assertThat(plan.isShedding()).isTrue();
    }

    @Test
    void whoeverIsAskedIsOnItsWay_soThatNobodyFallsBelowTheMean() {
        // Given: as fast as can be, 24 a second
        RebalancePlan fast = plan(RebalanceSettings.of(Map.of("fanfare.gateway.rebalance.pace", "0.2")));
        have(120);

        // When: 20 above the mean, and nobody leaves for as long as they count as on their way
        List<String> asked = askedWithin(Duration.ofSeconds(4), fast, true, others(80));

        // Then: until 2 % above the mean
        assertThat(asked).hasSizeBetween(18, 20);
    }

    @Test
    void fewConnectionsAboveTheMean_areNotWorthIt() {
        // Given: twice the mean, but only 19 above it
        have(38);

        // When, Then
        assertThat(askedWithin(Duration.ofSeconds(10), others(0))).isEmpty();
    }

    @Test
    void betweenTheMargins_goesOnButDoesNotBegin() {
        // Given
        have(1050);
        assertThat(askedWithin(Duration.ofSeconds(2), others(950))).isEmpty();

        // When: the other loses many, and comes back to where it was
        assertThat(askedWithin(Duration.ofSeconds(2), others(500))).isNotEmpty();
        clock.advance(Duration.ofSeconds(10));
        List<String> asked = askedWithin(Duration.ofSeconds(2), others(990));

        // Then
        assertThat(asked).isNotEmpty();
    }

    @Test
    void clientThatStays_isNotAskedAgain() {
        // Given
        have(100);

        // When
        List<String> asked = askedWithin(Duration.ofMinutes(2), others(0));

        // Then
        assertThat(asked).doesNotHaveDuplicates().hasSize(100);
        assertThat(askedWithin(Duration.ofMinutes(1), others(0))).isEmpty();
    }

    @Test
    void turns_areWithinASecond() {
        // Given
        have(2000);
        plan.look(true, others(0), open);
        clock.advance(Duration.ofSeconds(1));

        // When
        Collection<Duration> turns = plan.look(true, others(0), open).values();

        // Then
        assertThat(turns).hasSize(40).allMatch(after -> !after.isNegative() && after.toMillis() < 1000);
    }

    @Test
    void longTimeWithoutALook_doesNotMakeABurst() {
        // Given
        have(2000);
        plan.look(true, others(0), open);

        // When
        clock.advance(Duration.ofMinutes(1));

        // Then
        assertThat(plan.look(true, others(0), open)).hasSize(40);
    }

    @Test
    void alone_asksNobody() {
        // Given
        have(2000);

        // When, Then
        assertThat(askedWithin(Duration.ofSeconds(10), List.of())).isEmpty();
        assertThat(plan.excess()).isZero();
    }

    @Test
    void deafOrLeaving_asksNobody() {
        // Given
        have(2000);
        askedWithin(Duration.ofSeconds(2), others(0));

        // When, Then
        assertThat(askedWithin(Duration.ofSeconds(10), plan, false, others(0))).isEmpty();
        assertThat(plan.isShedding()).isFalse();
    }

    @Test
    void switchedOff_asksNobody() {
        // Given
        have(2000);
        RebalancePlan off = plan(RebalanceSettings.of(Map.of("fanfare.gateway.rebalance.enabled", "false")));

        // When, Then
        assertThat(askedWithin(Duration.ofSeconds(10), off, true, others(0))).isEmpty();
    }

    @Test
    void instanceThatHasGone_isWaitedForUntilItsClientsHaveComeToTheOthers() {
        // Given: it is shedding
        have(2000);
        assertThat(askedWithin(Duration.ofSeconds(2), others(0, 1000))).isNotEmpty();

        // When
        List<String> meanwhile = askedWithin(DRAIN.minus(LOOK), others(0));

        // Then
        assertThat(meanwhile).isEmpty();
        assertThat(plan.isShedding()).isFalse();
        assertThat(plan.excess()).isEqualTo(1000);
        assertThat(askedWithin(Duration.ofSeconds(2), others(0))).isNotEmpty();
    }

    @Test
    void instanceThatIsReplacedBetweenTwoLooks_isWaitedForAsWell() {
        // Given
        have(2000);
        assertThat(askedWithin(LOOK, List.of(aged(2000, SETTLED.multipliedBy(9)))))
                .isEmpty();

        // When
        List<String> meanwhile = askedWithin(DRAIN.minus(LOOK), List.of(aged(0, SETTLED)));

        // Then
        assertThat(meanwhile).isEmpty();
        assertThat(askedWithin(Duration.ofSeconds(2), List.of(aged(0, SETTLED))))
                .isNotEmpty();
    }

    @Test
    void instancesThatComeAndGrowOlder_areNotWaitedFor() {
        // Given
        have(2000);
        askedWithin(Duration.ZERO, List.of(aged(500, SETTLED)));

        // When, Then
        assertThat(askedWithin(Duration.ofSeconds(2), List.of(aged(0, SETTLED), aged(500, SETTLED.plusSeconds(2)))))
                .isNotEmpty();
    }

    @Test
    void nextInstanceThatGoes_isWaitedForAsWell() {
        // Given
        have(2000);
        askedWithin(Duration.ofSeconds(2), others(0, 0, 0));
        askedWithin(DRAIN.minusSeconds(5), others(0, 0));

        // When, Then
        assertThat(askedWithin(DRAIN.minus(LOOK), others(0))).isEmpty();
        assertThat(askedWithin(Duration.ofSeconds(2), others(0))).isNotEmpty();
    }

    @Test
    void instanceThatHasJustStarted_doesNotCountYet() {
        // Given
        have(2000);
        InstanceLoad fresh = aged(0, SETTLED.minusMillis(1));

        // When, Then
        assertThat(askedWithin(Duration.ofSeconds(10), List.of(fresh))).isEmpty();
    }
}

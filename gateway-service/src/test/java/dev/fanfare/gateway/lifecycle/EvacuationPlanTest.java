package dev.fanfare.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.VirtualClock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvacuationPlanTest {

    private static final Duration PATIENCE = EvacuationSettings.defaults().patience();
    private static final Duration SPREAD = EvacuationSettings.defaults().spread();
    private static final Duration GRACE = EvacuationSettings.defaults().grace();
    private static final Duration INSTANT = Duration.ofMillis(1);

    private final VirtualClock clock = new VirtualClock();
    private final EvacuationPlan plan =
            new EvacuationPlan(EvacuationSettings.defaults(), clock, new SplittableRandom(7));
    private final Set<String> open = new HashSet<>(Set.of("a", "b"));

    private MoveStep look(boolean isLive, int others) {
        return plan.look(isLive, others, open);
    }

    private MoveStep lookDeaf() {
        return look(false, 1);
    }

    /// The feed goes deaf, and stays so until just before clients are asked.
    private void deafFor(Duration time) {
        lookDeaf();
        clock.advance(time);
    }

    private static void assertNothing(MoveStep step) {
        assertThat(step.asked()).isEmpty();
        assertThat(step.closed()).isEmpty();
    }

    @Test
    void liveFeed_asksNobody() {
        // When
        clock.advance(PATIENCE.multipliedBy(2));

        // Then
        assertNothing(look(true, 1));
    }

    @Test
    void deafForLessThanThePatience_asksNobody() {
        // When
        deafFor(PATIENCE.minus(INSTANT));

        // Then
        assertNothing(lookDeaf());
    }

    @Test
    void deafForThePatience_asksEverybodyWithinTheSpread() {
        // Given
        open.clear();
        open.addAll(IntStream.range(0, 1000).mapToObj(i -> "c" + i).collect(Collectors.toSet()));
        deafFor(PATIENCE);

        // When
        MoveStep step = lookDeaf();

        // Then
        Collection<Duration> after = step.asked().values();
        assertThat(step.asked()).containsOnlyKeys(open);
        assertThat(step.closed()).isEmpty();
        assertThat(after).allMatch(each -> !each.isNegative() && each.compareTo(SPREAD) <= 0);
        assertThat(after.stream().mapToLong(Duration::toMillis).average().orElseThrow())
                .isBetween(0.4 * SPREAD.toMillis(), 0.6 * SPREAD.toMillis());
    }

    @Test
    void noOtherIsWell_asksNobodyUntilOneIs() {
        // Given
        deafFor(PATIENCE.multipliedBy(10));

        // When
        MoveStep alone = look(false, 0);
        MoveStep notAlone = look(false, 1);

        // Then
        assertNothing(alone);
        assertThat(notAlone.asked()).containsOnlyKeys("a", "b");
    }

    @Test
    void askedClient_isNotAskedAgain() {
        // Given
        deafFor(PATIENCE);
        lookDeaf();

        // When
        look(false, 0);

        // Then
        assertNothing(lookDeaf());
    }

    @Test
    void clientThatComesMeanwhile_isAskedToo() {
        // Given
        deafFor(PATIENCE);
        lookDeaf();

        // When
        open.add("c");

        // Then
        assertThat(lookDeaf().asked()).containsOnlyKeys("c");
    }

    @Test
    void clientThatStays_isClosedOnceAfterItsTimeAndTheGrace() {
        // Given
        open.remove("b");
        deafFor(PATIENCE);
        Duration after = lookDeaf().asked().values().iterator().next();

        // When
        clock.advance(after.plus(GRACE).minus(INSTANT));
        MoveStep early = lookDeaf();
        clock.advance(INSTANT);
        MoveStep due = lookDeaf();
        clock.advance(PATIENCE);
        MoveStep later = lookDeaf();

        // Then
        assertNothing(early);
        assertThat(due.closed()).containsExactly("a");
        assertNothing(later);
    }

    @Test
    void clientThatMoved_isNotClosed() {
        // Given
        deafFor(PATIENCE);
        lookDeaf();

        // When
        open.clear();
        clock.advance(SPREAD.plus(GRACE));

        // Then
        assertNothing(lookDeaf());
    }

    @Test
    void feedLiveBeforeTheTurn_closesNobodyAndBeginsAnew() {
        // Given
        deafFor(PATIENCE);
        lookDeaf();

        // When
        look(true, 1);
        deafFor(PATIENCE.minus(INSTANT));
        MoveStep early = lookDeaf();
        clock.advance(INSTANT);
        MoveStep due = lookDeaf();

        // Then
        assertNothing(early);
        assertThat(due.asked()).containsOnlyKeys("a", "b");
        assertThat(due.closed()).isEmpty();
    }

    @Test
    void othersGoneBeforeTheTurn_closesNobodyUntilOneIsBack() {
        // Given
        deafFor(PATIENCE);
        lookDeaf();

        // When
        clock.advance(SPREAD.plus(GRACE));
        MoveStep alone = look(false, 0);
        MoveStep notAlone = lookDeaf();

        // Then
        assertNothing(alone);
        assertThat(notAlone.closed()).containsExactlyInAnyOrder("a", "b");
    }
}

package dev.fanfare.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrainPlanTest {

    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final Duration SPREAD = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final Duration INSTANT = Duration.ofMillis(1);

    private final VirtualClock clock = new VirtualClock();
    private final DrainPlan plan =
            new DrainPlan(new DrainTimes(DELAY, SPREAD, GRACE, CLOSE), clock.instant(), clock, new SplittableRandom(7));
    private final Set<String> open = new HashSet<>(Set.of("a", "b"));

    private MoveStep look() {
        return plan.look(false, open);
    }

    private static void assertNothing(MoveStep step) {
        assertThat(step.asked()).isEmpty();
        assertThat(step.closed()).isEmpty();
    }

    private void fill(int clients) {
        open.clear();
        open.addAll(IntStream.range(0, clients).mapToObj(i -> "c" + i).collect(Collectors.toSet()));
    }

    @Test
    void untilTheDelayIsOver_nobodyIsAskedAndItIsNotLeavingYet() {
        // When
        clock.advance(DELAY.minus(INSTANT));

        // Then
        assertNothing(look());
        assertThat(plan.isLeaving()).isFalse();
        assertThat(plan.isOver(0)).isFalse();
    }

    @Test
    void afterTheDelay_everybodyIsAskedOnceAtAnEvenPace() {
        // Given
        fill(3000);
        clock.advance(DELAY);

        // When
        MoveStep step = look();

        // Then
        int[] perSecond = new int[(int) SPREAD.toSeconds()];
        step.asked().values().forEach(after -> perSecond[(int) after.toSeconds()]++);
        assertThat(step.asked()).containsOnlyKeys(open);
        assertThat(step.closed()).isEmpty();
        assertThat(Arrays.stream(perSecond)).allMatch(turns -> turns >= 99 && turns <= 101);
        assertThat(plan.isLeaving()).isTrue();
        assertNothing(look());
    }

    @Test
    void clientThatStays_isClosedOnceAfterItsTurnAndTheGrace() {
        // Given
        open.remove("b");
        clock.advance(DELAY);
        Duration after = look().asked().values().iterator().next();

        // When
        clock.advance(after.plus(GRACE).minus(INSTANT));
        MoveStep early = look();
        clock.advance(INSTANT);
        MoveStep due = look();
        MoveStep later = look();

        // Then
        assertNothing(early);
        assertThat(due.closed()).containsExactly("a");
        assertNothing(later);
    }

    @Test
    void clientThatComesLate_getsATurnInWhatIsLeft() {
        // Given
        clock.advance(DELAY);
        look();
        clock.advance(SPREAD.minusSeconds(1));

        // When
        open.add("late");

        // Then
        assertThat(look().asked().get("late")).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void afterTheLastTurnAndTheGrace_whoeverIsLeftIsClosed() {
        // Given
        clock.advance(DELAY);
        look();

        // When
        clock.advance(SPREAD.plus(GRACE));
        open.add("late");
        MoveStep step = look();

        // Then
        assertThat(step.closed()).containsExactlyInAnyOrder("a", "b", "late");
        assertThat(step.asked()).isEmpty();
        assertNothing(look());
    }

    @Test
    void whole_endsWithTheTimeoutAlthoughSomebodyStays() {
        // Given
        List<String> closed = new ArrayList<>();
        Duration whole = DELAY.plus(SPREAD).plus(GRACE).plus(CLOSE);

        // When
        for (Duration at = Duration.ZERO; at.compareTo(whole) < 0; at = at.plusMillis(250)) {
            assertThat(plan.isOver(2)).as("after " + at).isFalse();
            closed.addAll(look().closed());
            clock.advance(Duration.ofMillis(250));
        }

        // Then
        assertThat(closed).containsExactlyInAnyOrder("a", "b");
        assertThat(plan.isOver(2)).isTrue();
        assertThat(plan.rest()).isZero();
    }

    @Test
    void nobodyLeft_endsItAtOnce() {
        // Given
        clock.advance(DELAY);
        look();

        // Then
        assertThat(plan.isOver(1)).isFalse();
        assertThat(plan.isOver(0)).isTrue();
    }

    @Test
    void noOtherInstance_closesEverybodyAtOnceAndWaitsForTheGoodbyesOnly() {
        // When
        MoveStep step = plan.look(true, open);

        // Then
        assertThat(step.closed()).containsExactlyInAnyOrder("a", "b");
        assertThat(plan.isLeaving()).isTrue();
        assertThat(plan.isOver(2)).isFalse();
        clock.advance(CLOSE);
        assertThat(plan.isOver(2)).isTrue();
    }
}

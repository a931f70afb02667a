package dev.fanfare.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Two instances become four behind a balancer that chooses by chance: with real plans, virtual time, loads that are
/// up to 2 s old, and clients that take up to 2 s to come back.
class RebalanceSimulationTest {

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration ANNOUNCE = Duration.ofSeconds(2);
    private static final int CLIENTS = 4000;
    private static final int AT_FIRST = 2;
    private static final int AT_LAST = 4;
    private static final int LONGEST_WAY_MILLIS = 2000;

    private final VirtualClock clock = new VirtualClock();
    private final Map<Instant, List<String>> comingBack = new HashMap<>();
    private final List<Instance> instances = new ArrayList<>();
    private int moves;
    private int mostMovesInASecond;

    /// One gateway: who is there, and what it said of itself last.
    private final class Instance {
        private final RebalancePlan plan;
        private final Set<String> open = new LinkedHashSet<>();
        private final Instant startedAt = clock.instant();
        private InstanceLoad said = InstanceLoad.NONE;

        Instance(long seed) {
            this.plan = new RebalancePlan(
                    RebalanceSettings.defaults(), Duration.ofSeconds(45), clock, new SplittableRandom(seed));
        }

        void announce() {
            said = new InstanceLoad(open.size(), Duration.ZERO, 0, Duration.between(startedAt, clock.instant()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void twoBecomeFour_areEvenWithinThreeMinutesAndStaySo(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        grow(AT_FIRST);
        IntStream.range(0, CLIENTS).forEach(i -> pick(random).open.add("c" + i));
        run(Duration.ofMinutes(1), random);
        int movesOfTwo = moves;

        // When
        grow(AT_LAST);
        run(Duration.ofMinutes(3), random);

        // Then
        int movesOfFour = moves - movesOfTwo;
        assertThat(movesOfTwo).as("moves while it was even").isZero();
        assertThat(unevenness()).isLessThanOrEqualTo(1.15);
        // Half of all clients are in the wrong place, and of those who move half come back to one of the first two: so
        // that is a move for each client.
        assertThat(movesOfFour).isLessThan(CLIENTS * 5 / 4);
        // Two instances at 2 % of what they have; a look may have what is left of the one before.
        assertThat(mostMovesInASecond).isLessThanOrEqualTo((int) (0.02 * CLIENTS * 1.5));
        run(Duration.ofMinutes(5), random);
        assertThat(unevenness()).isLessThanOrEqualTo(1.15);
        assertThat(moves - movesOfTwo).as("moves once it is even").isLessThan(CLIENTS * 5 / 4);
    }

    private void grow(int count) {
        while (instances.size() < count) {
            instances.add(new Instance(instances.size()));
        }
    }

    private Instance pick(SplittableRandom random) {
        return instances.get(random.nextInt(instances.size()));
    }

    private double unevenness() {
        int most = instances.stream().mapToInt(each -> each.open.size()).max().orElseThrow();
        double mean =
                instances.stream().mapToInt(each -> each.open.size()).average().orElseThrow();
        return most / mean;
    }

    private void run(Duration time, SplittableRandom random) {
        int inThisSecond = 0;
        for (Duration at = Duration.ZERO; at.compareTo(time) < 0; at = at.plus(LOOK)) {
            if (at.toMillis() % ANNOUNCE.toMillis() == 0) {
                instances.forEach(Instance::announce);
            }
            comeBack(random);
            int before = moves;
            instances.forEach(each -> look(each, random));
            inThisSecond = at.toMillis() % 1000 == 0 ? moves - before : inThisSecond + moves - before;
            mostMovesInASecond = Math.max(mostMovesInASecond, inThisSecond);
            clock.advance(LOOK);
        }
    }

    private void look(Instance instance, SplittableRandom random) {
        List<InstanceLoad> others = instances.stream()
                .filter(each -> each != instance)
                .map(each -> each.said)
                .toList();
        instance.plan.look(true, others, new LinkedHashSet<>(instance.open)).forEach((client, after) -> {
            moves++;
            instance.open.remove(client);
            long steps = (after.toMillis() + random.nextInt(LONGEST_WAY_MILLIS)) / LOOK.toMillis() + 1;
            comingBack
                    .computeIfAbsent(clock.instant().plus(LOOK.multipliedBy(steps)), _ -> new ArrayList<>())
                    .add(client);
        });
    }

    private void comeBack(SplittableRandom random) {
        List<String> now = comingBack.remove(clock.instant());
        if (now != null) {
            now.forEach(client -> pick(random).open.add(client));
        }
    }
}

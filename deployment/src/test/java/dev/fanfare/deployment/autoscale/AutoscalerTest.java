package dev.fanfare.deployment.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.deployment.autoscale.ScalingRules.Policy;
import dev.fanfare.deployment.autoscale.ScalingRules.Select;
import dev.fanfare.deployment.autoscale.ScalingRules.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The examples are those of Kubernetes' own pages (configurable scaling behaviour) where they say so.
class AutoscalerTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final MetricTarget CONNECTIONS = new MetricTarget.PerPod("connections", 100);
    private static final MetricTarget CPU = new MetricTarget.Cpu(50);
    private static final ScalingRules AT_ONCE = new ScalingRules(
            Duration.ZERO, Select.MAX, List.of(new Policy(Unit.PERCENT, 1000, Duration.ofSeconds(15))));

    private int replicas;
    private Duration now = Duration.ZERO;

    @Test
    void eightyThatAreToBeTen_loseATenthAMinuteAndThenFour() {
        // Given: the example of the documentation, 10 % or 4 pods a minute, whichever is more
        var down = new ScalingRules(
                Duration.ZERO,
                Select.MAX,
                List.of(new Policy(Unit.PODS, 4, MINUTE), new Policy(Unit.PERCENT, 10, MINUTE)));
        Autoscaler autoscaler = autoscaler(AT_ONCE, down);
        replicas = 80;

        // When
        List<Integer> steps = play(autoscaler, 10, MINUTE, 16);

        // Then
        assertThat(steps).containsExactly(72, 64, 57, 51, 45, 40, 36, 32, 28, 24, 20, 16, 12, 10, 10, 10);
    }

    @Test
    void smallestChange_isTakenWhereItIsSelected() {
        // Given
        var down = new ScalingRules(
                Duration.ZERO,
                Select.MIN,
                List.of(new Policy(Unit.PODS, 5, MINUTE), new Policy(Unit.PERCENT, 10, MINUTE)));
        Autoscaler autoscaler = autoscaler(AT_ONCE, down);
        replicas = 80;

        // When
        List<Integer> steps = play(autoscaler, 10, MINUTE, 3);

        // Then
        assertThat(steps).containsExactly(75, 70, 65);
    }

    @Test
    void disabledDirection_isNotTaken() {
        // Given
        Autoscaler autoscaler = autoscaler(AT_ONCE, new ScalingRules(Duration.ZERO, Select.DISABLED, List.of()));
        replicas = 10;

        // When
        List<Integer> steps = play(autoscaler, 2, MINUTE, 2);

        // Then
        assertThat(steps).containsExactly(10, 10);
    }

    @Test
    void rise_isWhatThePoliciesAllowWithinTheirPeriod() {
        // Given: doubling within 15 s, or four, whichever is more: the default of Kubernetes
        var up = new ScalingRules(
                Duration.ZERO,
                Select.MAX,
                List.of(
                        new Policy(Unit.PERCENT, 100, Duration.ofSeconds(15)),
                        new Policy(Unit.PODS, 4, Duration.ofSeconds(15))));
        Autoscaler autoscaler = autoscaler(up, AT_ONCE);
        replicas = 2;

        // When
        List<Integer> steps = play(autoscaler, 60, Duration.ofSeconds(15), 5);

        // Then
        assertThat(steps).containsExactly(6, 12, 24, 48, 60);
    }

    @Test
    void changeOfTheSamePeriod_countsAgainstThePolicy() {
        // Given
        var up = new ScalingRules(Duration.ZERO, Select.MAX, List.of(new Policy(Unit.PODS, 4, MINUTE)));
        Autoscaler autoscaler = autoscaler(up, AT_ONCE);
        replicas = 2;

        // When
        List<Integer> steps = play(autoscaler, 60, Duration.ofSeconds(20), 4);

        // Then
        assertThat(steps).containsExactly(6, 6, 6, 10);
    }

    @Test
    void fall_waitsUntilTheHighestRecommendationOfTheWindowIsOver() {
        // Given
        Autoscaler autoscaler =
                autoscaler(AT_ONCE, new ScalingRules(Duration.ofMinutes(5), Select.MAX, AT_ONCE.policies()));
        replicas = 10;
        play(autoscaler, 10, MINUTE, 1);

        // When
        List<Integer> steps = play(autoscaler, 3, MINUTE, 6);

        // Then
        assertThat(steps).containsExactly(10, 10, 10, 10, 3, 3);
    }

    @Test
    void fallRightAfterTheStart_waitsForWhatWasThere() {
        // Given: an autoscaler that has just begun knows nothing of before
        Autoscaler autoscaler =
                autoscaler(AT_ONCE, new ScalingRules(Duration.ofMinutes(5), Select.MAX, AT_ONCE.policies()));
        replicas = 10;

        // When
        List<Integer> steps = play(autoscaler, 3, MINUTE, 6);

        // Then
        assertThat(steps).containsExactly(10, 10, 10, 10, 10, 3);
    }

    @Test
    void replicasOutsideTheBounds_areBroughtBackWhateverTheMetricsSay() {
        // Given
        Autoscaler autoscaler = autoscaler(AT_ONCE, AT_ONCE);

        // When
        int tooFew = autoscaler.decide(now, 1, Map.of());
        int tooMany = autoscaler.decide(now.plus(MINUTE), 120, Map.of(CONNECTIONS, pods(120, 100)));

        // Then
        assertThat(tooFew).isEqualTo(2);
        assertThat(tooMany).isEqualTo(100);
    }

    @Test
    void rise_waitsWhereItIsStabilized() {
        // Given
        Autoscaler autoscaler =
                autoscaler(new ScalingRules(Duration.ofMinutes(3), Select.MAX, AT_ONCE.policies()), AT_ONCE);
        replicas = 4;
        play(autoscaler, 4, MINUTE, 1);

        // When
        List<Integer> steps = play(autoscaler, 9, MINUTE, 4);

        // Then
        assertThat(steps).containsExactly(4, 4, 9, 9);
    }

    @Test
    void severalMetrics_theHighestCounts() {
        // Given
        Autoscaler autoscaler = autoscaler(AT_ONCE, AT_ONCE);

        // When
        int asked = autoscaler.decide(now, 4, Map.of(CONNECTIONS, pods(4, 50), CPU, pods(4, 100)));

        // Then
        assertThat(asked).isEqualTo(8);
    }

    @Test
    void metricThatCannotBeHad_keepsAFallFromHappening() {
        // Given
        Autoscaler autoscaler = autoscaler(AT_ONCE, AT_ONCE);

        // When
        int asked = autoscaler.decide(now, 4, Map.of(CPU, pods(4, 10)));

        // Then
        assertThat(asked).isEqualTo(4);
    }

    @Test
    void metricThatCannotBeHad_letsOthersRaise() {
        // Given
        Autoscaler autoscaler = autoscaler(AT_ONCE, AT_ONCE);

        // When
        int asked = autoscaler.decide(now, 4, Map.of(CPU, pods(4, 100)));

        // Then
        assertThat(asked).isEqualTo(8);
    }

    @Test
    void bounds_areKept() {
        // Given
        Autoscaler autoscaler = autoscaler(AT_ONCE, AT_ONCE);

        // When
        int most = autoscaler.decide(now, 50, Map.of(CONNECTIONS, pods(50, 900), CPU, pods(50, 50)));
        int least = autoscaler.decide(now.plus(MINUTE), 4, Map.of(CONNECTIONS, pods(4, 0), CPU, pods(4, 0)));

        // Then
        assertThat(most).isEqualTo(100);
        assertThat(least).isEqualTo(2);
    }

    private static Autoscaler autoscaler(ScalingRules up, ScalingRules down) {
        return new Autoscaler(new AutoscalerSpec("x", 2, 100, Set.of(CONNECTIONS, CPU), up, down));
    }

    /// Asks so often, in that interval, while the metrics ask for `wanted` replicas.
    private List<Integer> play(Autoscaler autoscaler, int wanted, Duration interval, int times) {
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            double each = 100.0 * wanted / replicas;
            now = now.plus(interval);
            replicas =
                    autoscaler.decide(now, replicas, Map.of(CONNECTIONS, pods(replicas, each), CPU, pods(replicas, 0)));
            steps.add(replicas);
        }
        return steps;
    }

    private static List<PodReading> pods(int count, double each) {
        return Collections.nCopies(count, PodReading.known(each));
    }
}

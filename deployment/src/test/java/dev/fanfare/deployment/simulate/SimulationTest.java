package dev.fanfare.deployment.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.deployment.autoscale.AutoscalerSpec;
import dev.fanfare.deployment.autoscale.Fallback;
import dev.fanfare.deployment.autoscale.SpecReader;
import dev.fanfare.deployment.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What docs/operations/autoscaling.md says that the manifests' numbers do.
class SimulationTest {

    private static final int POD_START_SECONDS = 10;

    private final AutoscalerSpec spec;
    private final GatewaySettings settings;

    SimulationTest() throws IOException {
        Path k8s = Path.of("..", "k8s");
        spec = SpecReader.read(Manifests.read(k8s.resolve("components/hpa/gateway.yaml"))
                .find("HorizontalPodAutoscaler", "gateway-service")
                .orElseThrow());
        settings = GatewaySettings.of(Manifests.read(k8s.resolve("base/gateway.yaml")), false);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void tenTimesAsMany_areAllInWithinTwoMinutes(long seed) {
        // When
        Played played = play(Scenario.SPIKE, seed, Balancer.CHANCE);

        // Then
        assertThat(played.waits().of(0.99)).isBetween(5, 60);
        assertThat(played.waits().of(1)).isLessThanOrEqualTo(120);
        assertThat(played.turns()).isOne();
        assertThat(played.timeline().max(Timeline.Second::fullest)).isEqualTo(settings.maxConnections());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everybodyAtOnce_areBackWithinHalfAMinuteWithoutMoreGateways(long seed) {
        // When
        Played played = play(Scenario.RECONNECT, seed, Balancer.CHANCE);

        // Then
        assertThat(played.waits().of(1)).isBetween(5, 30);
        assertThat(played.timeline().max(Timeline.Second::refused)).isPositive();
        assertThat(played.timeline().max(Timeline.Second::asked)).isEqualTo(10);
    }

    @Test
    void growthOfHalfAnHour_refusesNobody() {
        // When
        Played played = play(Scenario.RAMP, 1, Balancer.CHANCE);

        // Then
        assertThat(played.timeline().sum(Timeline.Second::refused)).isZero();
        assertThat(played.timeline().max(Timeline.Second::fullest)).isLessThan(0.7 * settings.maxConnections());
        assertThat(played.podHours()).isLessThan(1.2 * played.idealPodHours());
    }

    @Test
    void fall_takesOneAfterTheOtherAway() {
        // When
        Played played = play(Scenario.SPIKE, 1, Balancer.CHANCE);

        // Then
        var seconds = played.timeline().seconds();
        int lastFall = -1000;
        for (int i = 1; i < seconds.size(); i++) {
            int fall = seconds.get(i - 1).asked() - seconds.get(i).asked();
            if (fall > 0) {
                assertThat(fall).isOne();
                assertThat(i - lastFall).isGreaterThanOrEqualTo(120);
                lastFall = i;
            }
        }
        assertThat(seconds.getLast().asked()).isEqualTo(spec.minReplicas());
    }

    @Test
    void withoutMetrics_fewerThanNeededStayAndClientsAreRefused() {
        // When
        Played played = play(Scenario.BLIND, 1, Balancer.CHANCE);

        // Then
        assertThat(played.timeline().seconds().get(2000).asked()).isEqualTo(spec.minReplicas());
        assertThat(played.timeline().sum(Timeline.Second::refused)).isGreaterThan(100_000);
        assertThat(played.timeline().seconds().get(2400).connected()).isEqualTo(80_000);
    }

    @Test
    void withoutMetrics_theFallbackTakesThemAll() {
        // Given
        var fallback = Optional.of(new Fallback(Duration.ofMinutes(1), 6));

        // When
        Played played =
                play(Scenario.BLIND, 1, new Setup(spec, fallback, settings, Balancer.CHANCE, POD_START_SECONDS));

        // Then
        assertThat(played.timeline().sum(Timeline.Second::refused)).isZero();
        assertThat(played.timeline().seconds().get(2000).asked()).isEqualTo(6);
        // Away from 300 s on
        assertThat(played.timeline().seconds().get(359).asked()).isEqualTo(spec.minReplicas());
        assertThat(played.timeline().seconds().get(375).asked()).isEqualTo(6);
    }

    @Test
    void balancerThatSeesConnections_movesFewer() {
        // When
        Played byChance = play(Scenario.ZONE, 1, Balancer.CHANCE);
        Played byLeast = play(Scenario.ZONE, 1, Balancer.LEAST);

        // Then
        assertThat(byLeast.timeline().sum(Timeline.Second::moved))
                .isLessThan(0.8 * byChance.timeline().sum(Timeline.Second::moved));
    }

    @Test
    void costlyMessages_areScaledForByTheProcessor() {
        // When
        Played played = play(Scenario.CHATTER, 1, Balancer.CHANCE);

        // Then
        assertThat(played.timeline().max(Timeline.Second::asked)).isBetween(12.0, 15.0);
        assertThat(played.timeline().max(Timeline.Second::cpu)).isLessThanOrEqualTo(settings.cpuLimit());
    }

    @ParameterizedTest
    @EnumSource(names = "NIGHT", mode = EnumSource.Mode.EXCLUDE)
    void sameSeed_playsTheSame(Scenario scenario) {
        // When
        Timeline one = play(scenario, 7, Balancer.CHANCE).timeline();
        Timeline other = play(scenario, 7, Balancer.CHANCE).timeline();

        // Then
        assertThat(one).isEqualTo(other);
    }

    @ParameterizedTest
    @EnumSource(names = "NIGHT", mode = EnumSource.Mode.EXCLUDE)
    void clients_areNeverMoreThanThoseWhoWantToBe(Scenario scenario) {
        // When
        Timeline timeline = play(scenario, 3, Balancer.CHANCE).timeline();

        // Then: those who leave are taken from each gateway in whole clients
        assertThat(timeline.seconds())
                .allSatisfy(second -> assertThat(second.connected()).isLessThanOrEqualTo(second.wanted() + 10));
    }

    private Played play(Scenario scenario, long seed, Balancer balancer) {
        return play(scenario, seed, new Setup(spec, Optional.empty(), settings, balancer, POD_START_SECONDS));
    }

    private static Played play(Scenario scenario, long seed, Setup setup) {
        return new Simulation(scenario, setup, new SplittableRandom(seed)).play();
    }
}

package dev.fanfare.deployment.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HpaOptionsTest {

    @Test
    void defaults() {
        // When
        HpaOptions options = HpaOptions.parse(List.of());

        // Then
        assertThat(options.scenarios()).containsExactly(Scenario.values());
        assertThat(options.seed()).isEqualTo(1);
        assertThat(options.balancer()).isEqualTo(Balancer.CHANCE);
        assertThat(options.podStartSeconds()).isEqualTo(10);
        assertThat(options.hasDeletionCost()).isFalse();
        assertThat(options.out()).isEqualTo(Path.of(".run/simulate"));
    }

    @Test
    void everyOption_isTaken() {
        // When
        HpaOptions options = HpaOptions.parse(List.of(
                "--manifests",
                "m.yaml",
                "--scenario",
                "spike",
                "--scenario",
                "night",
                "--seed",
                "9",
                "--balancer",
                "least",
                "--pod-start",
                "60",
                "--deletion-cost",
                "--out",
                "pictures"));

        // Then
        assertThat(options)
                .isEqualTo(new HpaOptions(
                        Path.of("m.yaml"),
                        List.of(Scenario.SPIKE, Scenario.NIGHT),
                        9,
                        Balancer.LEAST,
                        60,
                        true,
                        Path.of("pictures")));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --scenario flood,   there is no scenario flood
            --scenario,         --scenario takes a value
            --seed one,         --seed takes a whole number
            --seed -1,          --seed takes 0 to
            --pod-start 601,    --pod-start takes 0 to 600
            --balancer dice,    --balancer takes chance or least
            --fast,             there is no option --fast
            """)
    void whatIsNotUnderstood_isSaid(String arguments, String message) {
        assertThatThrownBy(() -> HpaOptions.parse(List.of(arguments.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}

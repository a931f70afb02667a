package dev.fanfare.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void options_areTakenInAnyOrder() {
        // Given
        var arguments = new Arguments(List.of("--save", "--rounds", "7"));

        // When
        int rounds = arguments.number("--rounds", 1, 5);
        boolean save = arguments.flag("--save");

        // Then
        assertThat(rounds).isEqualTo(7);
        assertThat(save).isTrue();
        arguments.requireNothingElse();
    }

    @Test
    void absentOptions_haveTheirDefaults() {
        // Given
        var arguments = new Arguments(List.of());

        // Then
        assertThat(arguments.number("--rounds", 1, 5)).isEqualTo(5);
        assertThat(arguments.flag("--save")).isFalse();
    }

    @Test
    void unknownOption_isRefusedByName() {
        // Given
        var arguments = new Arguments(List.of("--speed"));

        // Then
        assertThatThrownBy(arguments::requireNothingElse)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--speed");
    }

    @Test
    void valueThatIsNoNumberOrTooSmall_isRefusedByName() {
        assertRefused("--rounds", "many");
        assertRefused("--rounds", "0");
        assertRefused("--rounds");
    }

    private static void assertRefused(String... commandLine) {
        var arguments = new Arguments(List.of(commandLine));
        assertThatThrownBy(() -> arguments.number("--rounds", 1, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--rounds");
    }
}

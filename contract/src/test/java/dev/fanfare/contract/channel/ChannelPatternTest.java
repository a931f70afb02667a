package dev.fanfare.contract.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPatternTest {

    @ParameterizedTest
    @CsvSource({
        "iss.*, iss.telemetry, true",
        "iss.*, iss., true",
        "iss.*, iss, false",
        "iss.*, boss.telemetry, false",
        "*, anything, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, abcd, false",
        "*.cpu.*, host7.cpu.load, true",
        "*.cpu.*, host7.gpu.load, false",
        "**, x, true",
        "exact, exact, true",
        "exact, exactly, false",
        "a*b*c, aXbXbc, true",
    })
    void star_standsForAnyRun(String pattern, String channel, boolean expected) {
        // When
        boolean matches = new ChannelPattern(pattern).matches(new Channel(channel));

        // Then
        assertThat(matches).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "*, iss.*, true",
        "iss.*, iss.*, true",
        "iss.*, iss.crew.*, true",
        "iss.*, iss.telemetry, true",
        "iss.*, is*, false",
        "iss.telemetry, iss.*, false",
        "a*c, a*b*c, true",
        "a*b*c, a*c, false",
        "*a, *, false",
        "**, *, true",
        "*, **, true",
        "a*a, a, false",
    })
    void pattern_coversThoseWithinIt(String pattern, String other, boolean expected) {
        // When
        boolean covers = new ChannelPattern(pattern).covers(new ChannelPattern(other));

        // Then
        assertThat(covers).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a{b", "ü"})
    void otherCharacters_areRefused(String text) {
        // When, Then
        assertThatThrownBy(() -> new ChannelPattern(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyStars_doNotExplode() {
        // Given
        var pattern = new ChannelPattern("a*".repeat(100) + "b");
        var channel = new Channel("a".repeat(255));

        // When, Then
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(pattern.matches(channel)).isFalse());
    }

    @Test
    void firstMatchingRule_wins() {
        // Given
        var iss = new ChannelRule(new ChannelPattern("iss.*"), 10, Duration.ofMinutes(1));
        var all = new ChannelRule(new ChannelPattern("*"), 0, Duration.ofMinutes(1));
        var rules = new ChannelRules(List.of(iss, all));

        // When, Then
        assertThat(rules.ruleFor(new Channel("iss.telemetry"))).isEqualTo(iss);
        assertThat(rules.ruleFor(new Channel("other"))).isEqualTo(all);
        assertThat(new ChannelRules(List.of()).ruleFor(new Channel("other"))).isEqualTo(ChannelRules.DEFAULT);
    }
}

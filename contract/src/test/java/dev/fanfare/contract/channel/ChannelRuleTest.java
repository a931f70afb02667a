package dev.fanfare.contract.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelRuleTest {

    private static final ChannelPattern ALL = new ChannelPattern("*");

    @ParameterizedTest
    @CsvSource({"-1, 1000, 0", "100001, 1000, 0", "1, 999, 0", "1, 1000, -1", "1, 1000, 11"})
    void valueOutOfRange_isRefused(int size, long ttlMillis, int replicas) {
        assertThatThrownBy(() -> new ChannelRule(ALL, size, Duration.ofMillis(ttlMillis), replicas, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1000, 0", "100000, 1000, 10"})
    void bounds_belongToTheRange(int size, long ttlMillis, int replicas) {
        var rule = new ChannelRule(ALL, size, Duration.ofMillis(ttlMillis), replicas, false);
        assertThat(rule.isEphemeral()).isEqualTo(size == 0);
    }

    @Test
    void ruleThatNamesNoReplicas_waitsForNone() {
        assertThat(new ChannelRule(ALL, 1, Duration.ofSeconds(1)).replicas()).isZero();
    }
}

package dev.fanfare.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.gateway.Configs;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainTimesTest {

    private static DrainTimes times(Map<String, String> properties) {
        return DrainTimes.of(
                Configs.mapped(DrainConfig.class, properties), Configs.mapped(LifecycleConfig.class, properties));
    }

    @Test
    void turns_getWhatTheOtherPartsLeaveOfTheTimeout() {
        // When
        DrainTimes times = times(Map.of());

        // Then
        assertThat(times.spread()).isEqualTo(Duration.ofSeconds(32));
        assertThat(times.total()).isEqualTo(Duration.ofSeconds(45));
    }

    @ParameterizedTest
    @CsvSource({
        "fanfare.gateway.drain.delay, PT-0.001S",
        "fanfare.gateway.drain.delay, 61s",
        "fanfare.gateway.drain.grace, PT-0.001S",
        "fanfare.gateway.drain.grace, 61s",
        "fanfare.gateway.lifecycle.close-timeout, PT-0.001S",
        "fanfare.gateway.lifecycle.close-timeout, 61s",
        "fanfare.gateway.drain.timeout, 13999ms",
        "fanfare.gateway.drain.timeout, 3601s"
    })
    void valueOutOfRange_isRefusedByName(String property, String value) {
        assertThatThrownBy(() -> times(Map.of(property, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(property);
    }

    @Test
    void timeoutThatIsTooShort_isRefusedWithTheLeastThatFits() {
        assertThatThrownBy(() -> times(Map.of("fanfare.gateway.drain.timeout", "10s")))
                .hasMessageContaining("at least 14 s");
    }
}

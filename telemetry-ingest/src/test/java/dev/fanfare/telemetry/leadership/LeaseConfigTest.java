package dev.fanfare.telemetry.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.telemetry.source.ConfigFixture;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaseConfigTest {

    @Test
    void defaults() {
        // When
        LeaseConfig config = config(Map.of());

        // Then
        assertThat(config.ttl()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.retry()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void everyProperty_isMapped() {
        // When
        LeaseConfig config = config(Map.of("fanfare.telemetry.lease.ttl", "9s", "fanfare.telemetry.lease.retry", "1s"));

        // Then
        assertThat(config.ttl()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.retry()).isEqualTo(Duration.ofSeconds(1));
    }

    private static LeaseConfig config(Map<String, String> properties) {
        return ConfigFixture.mapping(LeaseConfig.class, properties);
    }
}

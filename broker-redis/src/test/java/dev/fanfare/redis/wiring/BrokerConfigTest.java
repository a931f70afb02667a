package dev.fanfare.redis.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerConfigTest {

    @Test
    void defaults() {
        BrokerConfig config = configOf(Map.of());

        assertThat(config.keyPrefix()).isEqualTo("f");
        assertThat(config.commandTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.maxPendingCommands()).isEqualTo(10_000);
        assertThat(config.idempotencyWindow()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.metaTtl()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void everyProperty_isMapped() {
        BrokerConfig config = configOf(Map.of(
                "fanfare.redis.key-prefix", "x",
                "fanfare.redis.command-timeout", "3S",
                "fanfare.redis.max-pending-commands", "7",
                "fanfare.redis.idempotency-window", "1M",
                "fanfare.redis.meta-ttl", "P1D"));

        assertThat(config.keyPrefix()).isEqualTo("x");
        assertThat(config.commandTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.maxPendingCommands()).isEqualTo(7);
        assertThat(config.idempotencyWindow()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.metaTtl()).isEqualTo(Duration.ofDays(1));
    }

    private static BrokerConfig configOf(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(BrokerConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(BrokerConfig.class);
    }
}

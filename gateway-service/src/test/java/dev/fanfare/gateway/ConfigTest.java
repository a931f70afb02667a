package dev.fanfare.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.gateway.command.CommandConfig;
import dev.fanfare.gateway.connection.ConnectionConfig;
import dev.fanfare.gateway.lifecycle.EvacuationConfig;
import dev.fanfare.gateway.lifecycle.LifecycleConfig;
import dev.fanfare.gateway.recovery.RecoveryConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pins every default and every name, so that a change of either shows.
class ConfigTest {

    private static <T> T mapped(Class<T> mapping, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(mapping);
    }

    private static MemorySize kibibytes(int count) {
        return new MemorySize(BigInteger.valueOf(1024L * count));
    }

    @Test
    void command_defaults() {
        var config = mapped(CommandConfig.class, Map.of());
        assertThat(config.maxSubscriptions()).isEqualTo(1000);
        assertThat(config.maxRewind()).isEqualTo(1000);
    }

    @Test
    void command_everyProperty_isMapped() {
        var config = mapped(
                CommandConfig.class,
                Map.of(
                        "fanfare.gateway.command.max-subscriptions", "7",
                        "fanfare.gateway.command.max-rewind", "8"));
        assertThat(config.maxSubscriptions()).isEqualTo(7);
        assertThat(config.maxRewind()).isEqualTo(8);
    }

    @Test
    void connection_defaults() {
        assertThat(mapped(ConnectionConfig.class, Map.of()).maxQueuedBytes()).isEqualTo(kibibytes(1024));
    }

    @Test
    void connection_everyProperty_isMapped() {
        var config = mapped(ConnectionConfig.class, Map.of("fanfare.gateway.connection.max-queued-bytes", "64K"));
        assertThat(config.maxQueuedBytes()).isEqualTo(kibibytes(64));
    }

    @Test
    void lifecycle_defaults() {
        assertThat(mapped(LifecycleConfig.class, Map.of()).closeTimeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void lifecycle_everyProperty_isMapped() {
        var config = mapped(LifecycleConfig.class, Map.of("fanfare.gateway.lifecycle.close-timeout", "9s"));
        assertThat(config.closeTimeout()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void evacuation_defaults() {
        var config = EvacuationConfig.checked(mapped(EvacuationConfig.class, Map.of()));
        assertThat(config.announceInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.announceTtl()).isEqualTo(Duration.ofSeconds(8));
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.spread()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void evacuation_everyProperty_isMapped() {
        var config = EvacuationConfig.checked(mapped(
                EvacuationConfig.class,
                Map.of(
                        "fanfare.gateway.evacuation.announce-interval", "100ms",
                        "fanfare.gateway.evacuation.announce-ttl", "200ms",
                        "fanfare.gateway.evacuation.patience", "300ms",
                        "fanfare.gateway.evacuation.spread", "0s",
                        "fanfare.gateway.evacuation.grace", "1m")));
        assertThat(config.announceInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.announceTtl()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.patience()).isEqualTo(Duration.ofMillis(300));
        assertThat(config.spread()).isEqualTo(Duration.ZERO);
        assertThat(config.grace()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "announce-interval, 99ms",
        "announce-interval, 61s",
        "announce-ttl, 3999ms",
        "patience, 7999ms",
        "spread, PT-0.001S",
        "spread, 61s",
        "grace, PT-0.001S",
        "grace, 61s"
    })
    void evacuation_valueOutOfRange_isRefusedByName(String key, String value) {
        String property = "fanfare.gateway.evacuation." + key;
        var config = mapped(EvacuationConfig.class, Map.of(property, value));
        assertThatThrownBy(() -> EvacuationConfig.checked(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(property);
    }

    @Test
    void recovery_defaults() {
        var config = mapped(RecoveryConfig.class, Map.of());
        assertThat(config.maxRepairMessages()).isEqualTo(1000);
        assertThat(config.maxBufferedBytes()).isEqualTo(kibibytes(1024));
        assertThat(config.retryDelay()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.maxBacklogMessages()).isEqualTo(1000);
        assertThat(config.maxBacklogBytes()).isEqualTo(kibibytes(512));
        assertThat(config.recentTtl()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.positionCheckInterval()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void recovery_everyProperty_isMapped() {
        var config = mapped(
                RecoveryConfig.class,
                Map.of(
                        "fanfare.gateway.recovery.max-repair-messages", "1",
                        "fanfare.gateway.recovery.max-buffered-bytes", "128K",
                        "fanfare.gateway.recovery.retry-delay", "2s",
                        "fanfare.gateway.recovery.max-backlog-messages", "3",
                        "fanfare.gateway.recovery.max-backlog-bytes", "96K",
                        "fanfare.gateway.recovery.recent-ttl", "4s",
                        "fanfare.gateway.recovery.position-check-interval", "5s"));
        assertThat(config.maxRepairMessages()).isEqualTo(1);
        assertThat(config.maxBufferedBytes()).isEqualTo(kibibytes(128));
        assertThat(config.retryDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.maxBacklogMessages()).isEqualTo(3);
        assertThat(config.maxBacklogBytes()).isEqualTo(kibibytes(96));
        assertThat(config.recentTtl()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.positionCheckInterval()).isEqualTo(Duration.ofSeconds(5));
    }
}

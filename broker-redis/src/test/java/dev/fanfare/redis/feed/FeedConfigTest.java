package dev.fanfare.redis.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedConfigTest {

    @Test
    void defaults() {
        // When
        FeedConfig config = FeedConfig.checked(FeedConfigs.defaults());

        // Then
        assertThat(config.connections()).isEqualTo(2);
        assertThat(config.plainChannels()).isTrue();
        assertThat(config.batchSize()).isEqualTo(256);
        assertThat(config.maxMessageBytes()).isEqualTo(16 * 1024 * 1024);
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.replyTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.probeInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.deafTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.backoffMin()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.backoffMax()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.topologyInterval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everyProperty_isMapped() {
        // When
        FeedConfig config = FeedConfig.checked(FeedConfigs.with(Map.ofEntries(
                Map.entry("connections", "3"),
                Map.entry("plain-channels", "false"),
                Map.entry("batch-size", "10"),
                Map.entry("max-message-bytes", "2048"),
                Map.entry("connect-timeout", "1S"),
                Map.entry("reply-timeout", "3S"),
                Map.entry("probe-interval", "5S"),
                Map.entry("deaf-timeout", "9S"),
                Map.entry("backoff-min", "0.2S"),
                Map.entry("backoff-max", "7S"),
                Map.entry("topology-interval", "11S"))));

        // Then
        assertThat(config.connections()).isEqualTo(3);
        assertThat(config.plainChannels()).isFalse();
        assertThat(config.batchSize()).isEqualTo(10);
        assertThat(config.maxMessageBytes()).isEqualTo(2048);
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.replyTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.probeInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.deafTimeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.backoffMin()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.backoffMax()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.topologyInterval()).isEqualTo(Duration.ofSeconds(11));
    }

    @ParameterizedTest
    @CsvSource({
        "connections, 0",
        "connections, 17",
        "batch-size, 0",
        "batch-size, 10001",
        "max-message-bytes, 1023",
        "connect-timeout, 9ms",
        "reply-timeout, 9ms",
        "probe-interval, 9ms",
        "deaf-timeout, 2S",
        "backoff-min, 0",
        "backoff-max, 50ms",
        "topology-interval, 99ms"
    })
    void valueOutOfRange_isRefusedByName(String key, String value) {
        // Given
        FeedConfig config = FeedConfigs.with(Map.of(key, value));

        // Then
        assertThatThrownBy(() -> FeedConfig.checked(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fanfare.redis.feed." + key);
    }
}

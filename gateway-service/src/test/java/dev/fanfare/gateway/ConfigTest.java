package dev.fanfare.gateway;

import static dev.fanfare.gateway.Configs.mapped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.gateway.command.CommandConfig;
import dev.fanfare.gateway.connection.ConnectionConfig;
import dev.fanfare.gateway.edge.HandshakeConfig;
import dev.fanfare.gateway.lifecycle.DrainConfig;
import dev.fanfare.gateway.lifecycle.EvacuationConfig;
import dev.fanfare.gateway.lifecycle.LifecycleConfig;
import dev.fanfare.gateway.lifecycle.PodDeletionCostConfig;
import dev.fanfare.gateway.lifecycle.RebalanceConfig;
import dev.fanfare.gateway.recovery.RecoveryConfig;
import dev.fanfare.gateway.registry.RegistryConfig;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pins every default and every name, so that a change of either shows.
class ConfigTest {

    private static MemorySize kibibytes(int count) {
        return new MemorySize(BigInteger.valueOf(1024L * count));
    }

    @Test
    void command_defaults() {
        var config = mapped(CommandConfig.class, Map.of());
        assertThat(config.maxSubscriptions()).isEqualTo(1000);
        assertThat(config.maxRewind()).isEqualTo(1000);
        assertThat(config.maxPublishesInFlight()).isEqualTo(16);
        assertThat(config.maxReadsInFlight()).isEqualTo(2);
        assertThat(config.maxPageBytes()).isEqualTo(kibibytes(256));
    }

    @Test
    void command_everyProperty_isMapped() {
        var config = mapped(
                CommandConfig.class,
                Map.of(
                        "fanfare.gateway.command.max-publishes-in-flight", "5",
                        "fanfare.gateway.command.max-reads-in-flight", "6",
                        "fanfare.gateway.command.max-page-bytes", "9K",
                        "fanfare.gateway.command.max-subscriptions", "7",
                        "fanfare.gateway.command.max-rewind", "8"));
        assertThat(config.maxSubscriptions()).isEqualTo(7);
        assertThat(config.maxRewind()).isEqualTo(8);
        assertThat(config.maxPublishesInFlight()).isEqualTo(5);
        assertThat(config.maxReadsInFlight()).isEqualTo(6);
        assertThat(config.maxPageBytes()).isEqualTo(kibibytes(9));
    }

    @Test
    void connection_defaults() {
        var config = mapped(ConnectionConfig.class, Map.of());
        assertThat(config.maxQueuedBytes()).isEqualTo(kibibytes(1024));
        assertThat(config.conflateQueuedBytes()).isEqualTo(kibibytes(64));
        assertThat(config.maxTotalQueuedBytes()).isEqualTo(kibibytes(256 * 1024));
        assertThat(config.pingInterval()).isEqualTo(Duration.ofSeconds(25));
        assertThat(config.firstRequestTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.closeTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.maxFramesPerSecond()).isEqualTo(100);
        assertThat(config.framesBurst()).isEqualTo(2000);
        assertThat(config.maxBytesPerSecond()).isEqualTo(kibibytes(256));
        assertThat(config.bytesBurst()).isEqualTo(kibibytes(1024));
        assertThat(config.thinAboveLag()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void connection_everyProperty_isMapped() {
        var config = mapped(
                ConnectionConfig.class,
                Map.ofEntries(
                        Map.entry("fanfare.gateway.connection.max-queued-bytes", "64K"),
                        Map.entry("fanfare.gateway.connection.conflate-queued-bytes", "2K"),
                        Map.entry("fanfare.gateway.connection.max-total-queued-bytes", "3M"),
                        Map.entry("fanfare.gateway.connection.ping-interval", "4s"),
                        Map.entry("fanfare.gateway.connection.first-request-timeout", "5s"),
                        Map.entry("fanfare.gateway.connection.close-timeout", "6s"),
                        Map.entry("fanfare.gateway.connection.max-frames-per-second", "7"),
                        Map.entry("fanfare.gateway.connection.frames-burst", "8"),
                        Map.entry("fanfare.gateway.connection.max-bytes-per-second", "9K"),
                        Map.entry("fanfare.gateway.connection.bytes-burst", "10K"),
                        Map.entry("fanfare.gateway.connection.thin-above-lag", "11s")));
        assertThat(config.maxQueuedBytes()).isEqualTo(kibibytes(64));
        assertThat(config.conflateQueuedBytes()).isEqualTo(kibibytes(2));
        assertThat(config.maxTotalQueuedBytes()).isEqualTo(kibibytes(3 * 1024));
        assertThat(config.pingInterval()).isEqualTo(Duration.ofSeconds(4));
        assertThat(config.firstRequestTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.closeTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.maxFramesPerSecond()).isEqualTo(7);
        assertThat(config.framesBurst()).isEqualTo(8);
        assertThat(config.maxBytesPerSecond()).isEqualTo(kibibytes(9));
        assertThat(config.bytesBurst()).isEqualTo(kibibytes(10));
        assertThat(config.thinAboveLag()).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void handshake_defaults() {
        var config = mapped(HandshakeConfig.class, Map.of());
        assertThat(config.maxConnections()).isEqualTo(20_000);
        assertThat(config.maxPerSecond()).isEqualTo(1000);
        assertThat(config.burst()).isEqualTo(2000);
        assertThat(config.resumeReserve()).isEqualTo(0.5);
        assertThat(config.maxLoopLag()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.maxRetryAfter()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void handshake_everyProperty_isMapped() {
        var config = mapped(
                HandshakeConfig.class,
                Map.of(
                        "fanfare.gateway.handshake.max-connections", "1",
                        "fanfare.gateway.handshake.max-per-second", "2",
                        "fanfare.gateway.handshake.burst", "3",
                        "fanfare.gateway.handshake.resume-reserve", "0.4",
                        "fanfare.gateway.handshake.max-loop-lag", "5s",
                        "fanfare.gateway.handshake.max-retry-after", "6s"));
        assertThat(config.maxConnections()).isEqualTo(1);
        assertThat(config.maxPerSecond()).isEqualTo(2);
        assertThat(config.burst()).isEqualTo(3);
        assertThat(config.resumeReserve()).isEqualTo(0.4);
        assertThat(config.maxLoopLag()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.maxRetryAfter()).isEqualTo(Duration.ofSeconds(6));
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
    void drain_defaults() {
        var config = mapped(DrainConfig.class, Map.of());
        assertThat(config.delay()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.tokenFile()).isEmpty();
    }

    @Test
    void drain_everyProperty_isMapped() {
        var config = mapped(
                DrainConfig.class,
                Map.of(
                        "fanfare.gateway.drain.delay", "1s",
                        "fanfare.gateway.drain.grace", "2s",
                        "fanfare.gateway.drain.timeout", "3s",
                        "fanfare.gateway.drain.token-file", "/secret"));
        assertThat(config.delay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.grace()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.tokenFile()).hasValue(Path.of("/secret"));
    }

    @Test
    void rebalance_defaults() {
        var config = RebalanceConfig.checked(mapped(RebalanceConfig.class, Map.of()));
        assertThat(config.enabled()).isTrue();
        assertThat(config.startAbove()).isEqualTo(0.1);
        assertThat(config.stopAbove()).isEqualTo(0.02);
        assertThat(config.minExcess()).isEqualTo(20);
        assertThat(config.pace()).isEqualTo(0.02);
        assertThat(config.warmUp()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.minHistory()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void rebalance_everyProperty_isMapped() {
        var config = RebalanceConfig.checked(mapped(
                RebalanceConfig.class,
                Map.of(
                        "fanfare.gateway.rebalance.enabled", "false",
                        "fanfare.gateway.rebalance.start-above", "0.2",
                        "fanfare.gateway.rebalance.stop-above", "0.1",
                        "fanfare.gateway.rebalance.min-excess", "3",
                        "fanfare.gateway.rebalance.pace", "0.05",
                        "fanfare.gateway.rebalance.warm-up", "6s",
                        "fanfare.gateway.rebalance.min-history", "7s")));
        assertThat(config.enabled()).isFalse();
        assertThat(config.startAbove()).isEqualTo(0.2);
        assertThat(config.stopAbove()).isEqualTo(0.1);
        assertThat(config.minExcess()).isEqualTo(3);
        assertThat(config.pace()).isEqualTo(0.05);
        assertThat(config.warmUp()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.minHistory()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({
        "start-above, 0.019",
        "start-above, 10.1",
        "stop-above, -0.001",
        "stop-above, 0.1",
        "min-excess, 0",
        "pace, 0.0009",
        "pace, 0.201",
        "warm-up, PT-0.001S",
        "warm-up, 601s",
        "min-history, 999ms"
    })
    void rebalance_valueOutOfRange_isRefusedByName(String key, String value) {
        String property = "fanfare.gateway.rebalance." + key;
        var config = mapped(RebalanceConfig.class, Map.of(property, value));
        assertThatThrownBy(() -> RebalanceConfig.checked(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(property);
    }

    @Test
    void podDeletionCost_defaults() {
        var config = PodDeletionCostConfig.checked(mapped(PodDeletionCostConfig.class, Map.of()));
        assertThat(config.enabled()).isFalse();
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.api()).isEqualTo(URI.create("https://kubernetes.default.svc"));
        assertThat(config.credentials()).isEqualTo(Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
        assertThat(config.pod()).isEmpty();
    }

    @Test
    void podDeletionCost_everyProperty_isMapped() {
        var config = PodDeletionCostConfig.checked(mapped(
                PodDeletionCostConfig.class,
                Map.of(
                        "fanfare.gateway.pod-deletion-cost.enabled", "true",
                        "fanfare.gateway.pod-deletion-cost.interval", "6s",
                        "fanfare.gateway.pod-deletion-cost.timeout", "7s",
                        "fanfare.gateway.pod-deletion-cost.api", "https://127.0.0.1:8",
                        "fanfare.gateway.pod-deletion-cost.credentials", "/nine",
                        "fanfare.gateway.pod-deletion-cost.pod", "ten")));
        assertThat(config.enabled()).isTrue();
        assertThat(config.interval()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.api()).isEqualTo(URI.create("https://127.0.0.1:8"));
        assertThat(config.credentials()).isEqualTo(Path.of("/nine"));
        assertThat(config.pod()).hasValue("ten");
    }

    @ParameterizedTest
    @CsvSource({"interval, 4s", "interval, 11m", "timeout, 99ms", "timeout, 61s", "api, http://kubernetes"})
    void podDeletionCost_valueOutOfRange_isRefusedByName(String key, String value) {
        String property = "fanfare.gateway.pod-deletion-cost." + key;
        var config = mapped(PodDeletionCostConfig.class, Map.of(property, value));
        assertThatThrownBy(() -> PodDeletionCostConfig.checked(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(property);
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
    void registry_defaults() {
        var config = RegistryConfig.checked(mapped(RegistryConfig.class, Map.of()));
        assertThat(config.enabled()).isTrue();
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.interval()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void registry_everyProperty_isMapped() {
        var config = RegistryConfig.checked(mapped(
                RegistryConfig.class,
                Map.of(
                        "fanfare.gateway.registry.enabled", "false",
                        "fanfare.gateway.registry.lease", "1s",
                        "fanfare.gateway.registry.interval", "50ms")));
        assertThat(config.enabled()).isFalse();
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.interval()).isEqualTo(Duration.ofMillis(50));
    }

    @ParameterizedTest
    @CsvSource({"lease, 999ms", "lease, 301s", "interval, 49ms", "interval, 5001ms"})
    void registry_valueOutOfRange_isRefusedByName(String key, String value) {
        String property = "fanfare.gateway.registry." + key;
        var config = mapped(RegistryConfig.class, Map.of(property, value));
        assertThatThrownBy(() -> RegistryConfig.checked(config))
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

package dev.fanfare.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.gateway.connection.Draining;
import dev.fanfare.testkit.InMemoryBroker;
import dev.fanfare.testkit.RecordingListener;
import dev.fanfare.testkit.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class GatewayReadinessTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final VirtualClock clock = new VirtualClock();
    private final InMemoryBroker broker = new InMemoryBroker(new ChannelRules(List.of()), clock, Duration.ofMinutes(5));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Neighbours neighbours =
            new Neighbours(broker, broker, EvacuationSettings.defaults(), new MoveMetrics(registry), clock);
    private final Draining draining = new Draining();
    private final GatewayReadiness readiness = new GatewayReadiness(broker, neighbours, draining, registry);

    private void announce() {
        assertThat(neighbours.announce(InstanceLoad.NONE)).succeedsWithin(SOON);
    }

    private boolean isUp() {
        boolean isUp = readiness.call().getStatus() == HealthCheckResponse.Status.UP;
        assertThat(registry.get("fanfare.gateway.ready").gauge().value()).isEqualTo(isUp ? 1 : 0);
        return isUp;
    }

    @Test
    void liveFeed_isNotReadyBeforeTheOthersCanKnow() {
        // Given
        broker.start(new RecordingListener());
        boolean before = isUp();

        // When
        announce();

        // Then
        assertThat(before).isFalse();
        assertThat(isUp()).isTrue();
    }

    @Test
    void lostFeed_isNotReadyAtOnce() {
        // Given
        broker.start(new RecordingListener());
        announce();

        // When
        broker.loseFeed();

        // Then
        assertThat(isUp()).isFalse();
        assertThat(readiness.call().getData()).contains(Map.of("feed", "lost", "listed", true, "draining", false));
    }

    @Test
    void drainedInstance_isNotReady() {
        // Given
        broker.start(new RecordingListener());
        announce();

        // When
        draining.announce();

        // Then
        assertThat(isUp()).isFalse();
    }
}

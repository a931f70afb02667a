package dev.fanfare.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.gateway.Configs;
import dev.fanfare.gateway.connection.ConnectionConfig;
import dev.fanfare.gateway.connection.Draining;
import dev.fanfare.gateway.connection.LoopLoad;
import dev.fanfare.gateway.connection.LoopLoads;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HandshakesTest {

    private static final int LIMIT = 20;

    private final Draining draining = new Draining();
    private final List<LoopLoad> loads = new ArrayList<>();
    private final List<Channel> inside = new ArrayList<>();
    private long now = 1_000;

    private final Handshakes handshakes = new Handshakes(
            draining,
            loads::stream,
            Configs.mapped(
                    HandshakeConfig.class,
                    Map.of(
                            "fanfare.gateway.handshake.max-connections", Integer.toString(LIMIT),
                            "fanfare.gateway.handshake.max-per-second", "10",
                            "fanfare.gateway.handshake.burst", "8",
                            "fanfare.gateway.handshake.resume-reserve", "0.5")),
            Configs.mapped(ConnectionConfig.class, Map.of("fanfare.gateway.connection.max-total-queued-bytes", "1M")),
            () -> now);

    private @Nullable Refusal refusal(boolean isResume) {
        var client = new EmbeddedChannel();
        Refusal refusal = handshakes.refusal(client, isResume);
        if (refusal == null) {
            inside.add(client);
        }
        return refusal;
    }

    private long letIn(int clients, boolean isResume) {
        return IntStream.range(0, clients)
                .filter(_ -> refusal(isResume) == null)
                .count();
    }

    @Test
    void serverThatTakesNoMoreThanTheWebSockets_isAMistake() {
        Handshakes.checkRoom(20, 21);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Handshakes.checkRoom(20, 20))
                .withMessageContaining("quarkus.http.limits.max-connections");
    }

    @Test
    void burst_keepsItsReserveForThoseWhoComeBack() {
        assertThat(letIn(10, false)).isEqualTo(4);
        assertThat(letIn(10, true)).isEqualTo(4);
        assertThat(refusal(true)).isEqualTo(Refusal.TOO_MANY);
    }

    @Test
    void afterABurst_clientsAreLetInAtTheRate() {
        // Given
        letIn(10, true);

        // When
        now += Duration.ofMillis(301).toNanos();

        // Then
        assertThat(letIn(10, true)).isEqualTo(3);
    }

    @Test
    void fullInstance_letsNobodyInUntilSomebodyLeaves() {
        // Given
        for (int i = 0; i < LIMIT; i++) {
            now += Duration.ofSeconds(1).toNanos();
            assertThat(refusal(true)).isNull();
        }

        // Then
        assertThat(refusal(true)).isEqualTo(Refusal.FULL);
        var _ = inside.getFirst().close();
        assertThat(refusal(true)).isNull();
    }

    @Test
    void lateLoop_letsNobodyIn() {
        // Given
        loads.add(LoopLoads.of(now, 0));
        loads.add(LoopLoads.of(now, 0));
        assertThat(refusal(false)).isNull();

        // When
        now += Duration.ofMillis(1001).toNanos();

        // Then
        assertThat(refusal(true)).isEqualTo(Refusal.OVERLOADED);
    }

    @Test
    void tooMuchWaitingOnAllLoopsTogether_letsNobodyIn() {
        // Given
        loads.add(LoopLoads.of(now, 600_000));
        assertThat(refusal(false)).isNull();

        // When
        loads.add(LoopLoads.of(now, 600_000));

        // Then
        assertThat(refusal(false)).isEqualTo(Refusal.OVERLOADED);
    }

    @Test
    void instanceOnItsWayOut_letsNobodyIn() {
        // When
        draining.begin();

        // Then
        assertThat(refusal(true)).isEqualTo(Refusal.DRAINING);
    }
}

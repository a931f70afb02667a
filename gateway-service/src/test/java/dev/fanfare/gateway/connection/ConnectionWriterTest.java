package dev.fanfare.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.gateway.Configs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionWriterTest {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Deadlines<ConnectionWriter> closings = new Deadlines<>(CLOSE_TIMEOUT);
    private final ConnectionWriter writer = new ConnectionWriter(
            channel,
            silentSocket(),
            Configs.mapped(ConnectionConfig.class, Map.of()),
            new ConnectionMetrics(new SimpleMeterRegistry()),
            new LoopLoad(),
            closings);

    /// The client never answers a close.
    private static WebSocketConnection silentSocket() {
        return (WebSocketConnection) Proxy.newProxyInstance(
                WebSocketConnection.class.getClassLoader(),
                new Class<?>[] {WebSocketConnection.class},
                (_, method, _) -> switch (method.getName()) {
                    case "isClosed" -> false;
                    case "close" -> Uni.createFrom().voidItem();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @AfterEach
    void close() {
        writer.cut();
    }

    /// Whoever has to be cut when the time to answer a close is over.
    private List<ConnectionWriter> overdue() {
        List<ConnectionWriter> overdue = new ArrayList<>();
        closings.forEachOverdue(System.nanoTime() + CLOSE_TIMEOUT.toNanos(), overdue::add);
        return overdue;
    }

    @Test
    void closingClient_isLeftOpenUntilItIsCut() {
        // When
        writer.close(CloseCode.IDLE);

        // Then
        assertThat(channel.isOpen()).isTrue();
        assertThat(overdue()).containsExactly(writer);
        writer.cut();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closedTwice_hasNoMoreTime() {
        // Given
        writer.close(CloseCode.IDLE);
        List<ConnectionWriter> first = overdue();

        // When
        writer.close(CloseCode.RESTART);

        // Then
        assertThat(first).containsExactly(writer);
        assertThat(overdue()).isEmpty();
    }

    @Test
    void endedWebSocket_isWaitedForUntilItsSocketCloses() {
        // When
        writer.ended();

        // Then
        assertThat(overdue()).containsExactly(writer);
        writer.ended();
        writer.cut();
        assertThat(overdue()).isEmpty();
    }

    @Test
    void socketThatCloses_isNotWaitedForAnyMore() {
        // Given
        writer.close(CloseCode.IDLE);

        // When
        var _ = channel.close();

        // Then
        assertThat(overdue()).isEmpty();
    }

    @Test
    void closeOfAClosedSocket_isNotWaitedFor() {
        // Given
        var _ = channel.close();

        // When
        writer.close(CloseCode.IDLE);

        // Then
        assertThat(overdue()).isEmpty();
    }
}

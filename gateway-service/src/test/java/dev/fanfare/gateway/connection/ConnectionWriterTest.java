package dev.fanfare.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.gateway.Configs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
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

    private final Socket channel = new Socket();
    private int goodbyes;
    private final Deadlines<ConnectionWriter> closings = new Deadlines<>(CLOSE_TIMEOUT);
    private final ConnectionWriter writer = new ConnectionWriter(
            channel,
            webSocket(),
            Configs.mapped(ConnectionConfig.class, Map.of()),
            new ConnectionMetrics(new SimpleMeterRegistry()),
            new LoopLoad(),
            closings);

    /// Takes nothing while it is full.
    private static final class Socket extends EmbeddedChannel {

        private boolean isFull;

        @Override
        protected void doWrite(ChannelOutboundBuffer queue) throws Exception {
            if (!isFull) {
                super.doWrite(queue);
            }
        }

        void drain() {
            isFull = false;
            flush();
        }
    }

    /// The client never answers a close.
    private WebSocketConnection webSocket() {
        return (WebSocketConnection) Proxy.newProxyInstance(
                WebSocketConnection.class.getClassLoader(),
                new Class<?>[] {WebSocketConnection.class},
                (_, method, _) -> switch (method.getName()) {
                    case "isClosed" -> false;
                    case "close" -> {
                        goodbyes++;
                        yield Uni.createFrom().voidItem();
                    }
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

    private static ByteBuf frame(int bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes).writeZero(bytes);
    }

    /// Twice: the first goes as far as the socket's queue, the second waits behind it.
    private void sendToFullSocket(ByteBuf frame) {
        channel.isFull = true;
        writer.send(frame);
        writer.send(frame);
    }

    @Test
    void goodbye_isSaidBehindWhatWaits() {
        // Given
        ByteBuf frame = frame(1);
        sendToFullSocket(frame);

        // When
        writer.close(CloseCode.IDLE);

        // Then
        assertThat(goodbyes).isZero();
        channel.drain();
        assertThat(goodbyes).isEqualTo(1);
        assertThat(writer.queuedBytes()).isZero();
        assertThat(frame.refCnt()).isEqualTo(1 + 2);
        frame.release(3);
    }

    @Test
    void clientForWhichTooMuchWaits_isToldToResumeBehindIt() {
        // Given
        ByteBuf frame = frame(600_000);
        sendToFullSocket(frame);

        // When
        writer.send(frame);

        // Then
        assertThat(overdue()).containsExactly(writer);
        assertThat(goodbyes).isZero();
        channel.drain();
        assertThat(goodbyes).isEqualTo(1);
        assertThat(channel.outboundMessages().stream().filter(message -> ((ByteBuf) message).isReadable()))
                .hasSize(2);
        frame.release(3);
    }

    @Test
    void endedWebSocket_isNotSentWhatWaited() {
        // Given
        ByteBuf frame = frame(1);
        sendToFullSocket(frame);

        // When
        writer.ended();

        // Then
        assertThat(frame.refCnt()).isEqualTo(1 + 1);
        writer.cut();
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
    }

    @Test
    void clientForWhichMoreThan64KibWait_hasNoRoomForWhatMayBeLeftOut() {
        // Given
        ByteBuf frame = frame(40_000);
        channel.isFull = true;
        writer.send(frame);

        // When
        boolean hadRoom = writer.hasRoom();
        writer.send(frame);

        // Then
        assertThat(hadRoom).isTrue();
        assertThat(writer.hasRoom()).isFalse();
        channel.drain();
        assertThat(writer.hasRoom()).isTrue();
        frame.release(3);
    }
}

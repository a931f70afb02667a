package dev.fanfare.gateway.connection;

import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.gateway.hub.Outbound;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import org.jboss.logging.Logger;

/// Decides on what is written to a client's socket: complete WebSocket frames, straight to its [FrameSocket].
/// Confined to the connection's event loop.
///
/// Whoever reads slower than we write is judged in bytes, by what waits for it.
/// Over the limit the connection is closed with a code that means "resume": a dropped frame would be
/// a gap that the client sees only with the next message, while a close is seen at once.
final class ConnectionWriter implements Outbound {

    private static final Logger LOG = Logger.getLogger(ConnectionWriter.class);

    /// A frame of two bytes: FIN and the opcode of a ping, and the length of no payload. A number, because a
    /// native executable can carry no buffer that was made when it was built.
    private static final int PING = 0x8900;

    private final Channel channel;
    private final FrameSocket frameSocket;
    private final WebSocketConnection socket;
    private final ConnectionMetrics metrics;
    private final LoopLoad load;
    private final Deadlines<ConnectionWriter> closings;
    private final long maxFreshBytes;
    private boolean isClosing;

    /// @param load of the loop, to which what is sent counts
    /// @param closings has it from when a close begins or the WebSocket has ended until the socket is closed
    ConnectionWriter(
            Channel channel,
            WebSocketConnection socket,
            ConnectionConfig config,
            ConnectionMetrics metrics,
            LoopLoad load,
            Deadlines<ConnectionWriter> closings) {
        this.channel = channel;
        this.frameSocket = new FrameSocket(channel, config.maxQueuedBytes().asLongValue());
        this.socket = socket;
        this.metrics = metrics;
        this.load = load;
        this.closings = closings;
        this.maxFreshBytes = config.conflateQueuedBytes().asLongValue();
    }

    @Override
    public void send(ByteBuf frames, int index, int length) {
        if (isClosing) {
            return;
        }
        if (frameSocket.write(frames, index, length)) {
            load.sent(length);
        } else {
            close(CloseCode.SLOW_CONSUMER);
        }
    }

    /// Asks the client for a sign of life, unless so much waits that the answer would come late.
    void ping() {
        if (!isClosing) {
            ByteBuf ping = channel.alloc().directBuffer(Short.BYTES).writeShort(PING);
            var _ = frameSocket.write(ping, 0, Short.BYTES);
            ping.release();
        }
    }

    long queuedBytes() {
        return frameSocket.queuedBytes();
    }

    /// Closes the socket without a handshake, whatever waits. Not by way of the pipeline: Vert.x would first have all
    /// written that waits, and that may be never.
    void cut() {
        if (channel.isOpen()) {
            channel.unsafe().close(channel.unsafe().voidPromise());
        }
    }

    /// The WebSocket has ended. If the client began that, it wants no more than the answer, which may wait behind what
    /// it has not read; without a limit one that never reads would keep its socket for ever.
    void ended() {
        frameSocket.drop();
        cutUnlessClosedSoon();
    }

    private void cutUnlessClosedSoon() {
        closings.add(this, System.nanoTime());
        var _ = channel.closeFuture().addListener(_ -> closings.remove(this));
    }

    @Override
    public boolean hasRoom() {
        return frameSocket.queuedBytes() <= maxFreshBytes;
    }

    @Override
    public void close(CloseCode code) {
        if (isClosing) {
            return;
        }
        isClosing = true;
        if (socket.isClosed()) {
            return;
        }
        metrics.closedByUs(code);
        cutUnlessClosedSoon();
        frameSocket.afterWaiting(() -> sayGoodbye(code));
    }

    private void sayGoodbye(CloseCode code) {
        socket.close(new CloseReason(code.number(), code.reason()))
                .subscribe()
                .with(
                        ok -> {},
                        failure -> LOG.debugf("could not say goodbye connectionId=%s error=%s", socket.id(), failure));
    }
}

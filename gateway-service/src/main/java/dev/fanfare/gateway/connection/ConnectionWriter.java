package dev.fanfare.gateway.connection;

import dev.fanfare.contract.failure.CloseCode;
import dev.fanfare.gateway.hub.Outbound;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import org.jboss.logging.Logger;

/// The only code that writes to a client's socket: complete WebSocket frames, straight to the Netty
/// channel. Confined to the connection's event loop.
///
/// Whoever reads slower than we write is judged in bytes, by what waits in the channel's outbound buffer.
/// Over the limit the connection is closed with a code that means "resume": a dropped frame would be
/// a gap that the client sees only with the next message, while a close is seen at once.
final class ConnectionWriter implements Outbound {

    private static final Logger LOG = Logger.getLogger(ConnectionWriter.class);

    private final Channel channel;
    private final WebSocketConnection socket;
    private final ConnectionMetrics metrics;
    private boolean isClosing;

    /// @param maxQueuedBytes bytes that may wait for the client, from 1
    ConnectionWriter(Channel channel, WebSocketConnection socket, int maxQueuedBytes, ConnectionMetrics metrics) {
        this.channel = channel;
        this.socket = socket;
        this.metrics = metrics;
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(maxQueuedBytes / 2, maxQueuedBytes));
    }

    @Override
    public void send(ByteBuf frames) {
        if (isClosing) {
            return;
        }
        if (channel.isWritable()) {
            var _ = channel.writeAndFlush(frames.retainedDuplicate(), channel.voidPromise());
        } else {
            close(CloseCode.SLOW_CONSUMER);
        }
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
        socket.close(new CloseReason(code.number(), code.reason()))
                .subscribe()
                .with(
                        ok -> {},
                        failure -> LOG.debugf("could not say goodbye connectionId=%s error=%s", socket.id(), failure));
    }
}

package dev.fanfare.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Writes to one socket. Confined to the connection's event loop.
final class FrameSocket {

    /* Why there is a way past Netty
     * -----------------------------
     * A walk over a thousand subscribers is little else than a thousand system calls, each with the memory of another
     * connection around it. By way of the pipeline a write touches every handler's context, a duplicate of the buffer,
     * an entry of the queue and the arrays for the call, before it makes the call, and takes most of it back after.
     * When nothing waits in the queue, all of this says: call send(2) with this address and this length.
     *
     * What it costs is misses: by the time of the next message the others have driven this connection's memory out
     * of the cache. So as few objects as possible are asked, one after the other: the queue, and the socket.
     *
     * Why it is safe
     * --------------
     * Order: only when the queue is empty is it passed by; what the kernel does not take is queued, and so is
     * everything after that until the queue is empty again. Content: no handler changes what we write, because frames
     * are complete, and with TLS the way is not taken. Life: Netty closes a socket on this same loop and notes that
     * before it gives the descriptor back, so one that another socket has got meanwhile is never written to. (With
     * SO_LINGER another thread would close it. Ours have none.)
     */

    private final Channel channel;

    /// A channel has the same one for its whole life; null if that is over.
    private final @Nullable ChannelOutboundBuffer queue;

    /// Null if each write has to go Netty's way.
    private final @Nullable Socket socket;

    FrameSocket(Channel channel) {
        this.channel = channel;
        this.queue = channel.unsafe().outboundBuffer();
        boolean isPlain = channel.pipeline().get(SslHandler.class) == null;
        this.socket =
                isPlain && channel instanceof UnixChannel unix && unix.fd() instanceof Socket plain ? plain : null;
    }

    /// Writes `length` bytes of `frames` from `index` on; returns false, and does nothing, when too much waits already.
    /// The buffer may be shared with other loops: neither its indices nor its reference count change.
    boolean write(ByteBuf frames, int index, int length) {
        boolean isNext = queue == null || queue.totalPendingWriteBytes() == 0;
        if (!isNext && !channel.isWritable()) {
            return false;
        }
        int taken = isNext && socket != null ? writeNow(socket, frames, index, length) : 0;
        if (taken < length) {
            ByteBuf rest = frames.retainedSlice(index + taken, length - taken);
            var _ = channel.writeAndFlush(rest, channel.voidPromise());
        }
        return true;
    }

    /// Number of bytes that the kernel has taken.
    private static int writeNow(Socket socket, ByteBuf frames, int index, int length) {
        if (!socket.isOpen() || !frames.hasMemoryAddress()) {
            return 0;
        }
        try {
            return socket.sendAddress(frames.memoryAddress(), index, index + length);
        } catch (IOException _) {
            // The usual way fails alike, and closes the connection.
            return 0;
        }
    }

    /// Bytes that wait for the kernel to take them.
    long queuedBytes() {
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }
}

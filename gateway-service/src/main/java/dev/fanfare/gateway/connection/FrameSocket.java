package dev.fanfare.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.FileDescriptor;
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
     * When nothing waits in the queue, all of this says: call write(2) with this address and this length.
     *
     * Why it is safe
     * --------------
     * Order: only when the queue is empty is it passed by; what the kernel does not take is queued, and so is
     * everything after that until the queue is empty again. Content: no handler changes what we write, because frames
     * are complete, and with TLS the way is not taken. Life: Netty takes the queue away before it closes the
     * descriptor, on this same loop, so a descriptor that another socket has got meanwhile is never written to.
     */

    private final Channel channel;
    private final Channel.Unsafe unsafe;
    private final @Nullable FileDescriptor descriptor;

    FrameSocket(Channel channel) {
        this.channel = channel;
        this.unsafe = channel.unsafe();
        boolean isPlain = channel.pipeline().get(SslHandler.class) == null;
        this.descriptor = isPlain && channel instanceof UnixChannel unix ? unix.fd() : null;
    }

    /// Writes `length` bytes of `frames` from `index` on. The buffer may be shared with other loops: neither its
    /// indices nor its reference count change.
    void write(ByteBuf frames, int index, int length) {
        int taken = descriptor == null ? 0 : writeNow(descriptor, frames, index, length);
        if (taken < length) {
            ByteBuf rest = frames.retainedSlice(index + taken, length - taken);
            var _ = channel.writeAndFlush(rest, channel.voidPromise());
        }
    }

    /// Number of bytes that the kernel has taken; none when others wait before them.
    private int writeNow(FileDescriptor socket, ByteBuf frames, int index, int length) {
        ChannelOutboundBuffer waiting = unsafe.outboundBuffer();
        if (waiting == null || waiting.totalPendingWriteBytes() != 0 || !frames.hasMemoryAddress()) {
            return 0;
        }
        try {
            return socket.writeAddress(frames.memoryAddress(), index, index + length);
        } catch (IOException _) {
            // The usual way fails alike, and closes the connection.
            return 0;
        }
    }

    /// Bytes that wait for the kernel to take them.
    long queuedBytes() {
        ChannelOutboundBuffer waiting = unsafe.outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }
}

package dev.fanfare.gateway.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
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
     * Order: only when the queue is empty, and nothing waits to get into it, is it passed by. Content: no handler changes
     * what we write, because frames are complete, and with TLS the way is not taken. Life: Netty closes a socket on this
     * same loop and notes that before it gives the descriptor back, so one that another socket has got meanwhile is never
     * written to. (With SO_LINGER another thread would close it. Ours have none.)
     *
     * What the kernel does not take
     * -----------------------------
     *
     *   frames ──▶ waiting ──────────▶ Netty's queue ──▶ socket
     *              all that comes now   a portion, and a mark behind it
     *
     * The rest of a frame goes to Netty's queue, with a mark behind it: an empty buffer, whose promise says when all
     * before it is written. Until then, whatever comes is kept by ourselves, and given to the queue in portions of
     * 64 KiB. Netty would keep two objects for each message and client (`WaitingFrames` says what that costs).
     */

    /// Bytes that Netty's queue is given at once: 64 KiB, what a socket usually takes.
    private static final int PORTION_BYTES = 64 * 1024;

    private final Channel channel;

    /// A channel has the same one for its whole life; null if that is over.
    private final @Nullable ChannelOutboundBuffer queue;

    /// Null if each write has to go Netty's way.
    private final @Nullable Socket socket;

    private final long maxQueuedBytes;

    /// What comes behind the mark in Netty's queue; null if there is no mark.
    private @Nullable WaitingFrames waiting;

    private @Nullable Runnable afterWaiting;

    /// @param maxQueuedBytes over which nothing more may wait
    FrameSocket(Channel channel, long maxQueuedBytes) {
        this.channel = channel;
        this.maxQueuedBytes = maxQueuedBytes;
        this.queue = channel.unsafe().outboundBuffer();
        boolean isPlain = channel.pipeline().get(SslHandler.class) == null;
        this.socket =
                isPlain && channel instanceof UnixChannel unix && unix.fd() instanceof Socket plain ? plain : null;
    }

    /// Writes `length` bytes of `frames` from `index` on; returns false, and does nothing, when too much waits already.
    /// The buffer may be shared with other loops: neither its indices nor its reference count change.
    boolean write(ByteBuf frames, int index, int length) {
        if (waiting != null) {
            return keep(waiting, frames, index, length);
        }
        int taken = socket != null && inQueue() == 0 ? writeNow(socket, frames, index, length) : 0;
        if (taken < length) {
            var _ = channel.writeAndFlush(frames.retainedSlice(index + taken, length - taken), channel.voidPromise());
            if (inQueue() > 0) {
                waiting = new WaitingFrames();
                mark();
            }
        }
        return true;
    }

    private boolean keep(WaitingFrames behind, ByteBuf frames, int index, int length) {
        if (queuedBytes() > maxQueuedBytes) {
            return false;
        }
        behind.add(frames, index, length);
        return true;
    }

    private void mark() {
        var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(this::markReached);
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

    /// Everything before the mark has been written, or never will be.
    private void markReached(Future<?> mark) {
        if (!mark.isSuccess()) {
            drop();
        }
        if (waiting == null || waiting.isEmpty()) {
            waiting = null;
            runAfterWaiting();
        } else {
            giveToQueue(waiting);
            mark();
        }
    }

    private void giveToQueue(WaitingFrames frames) {
        for (int given = 0; given < PORTION_BYTES && !frames.isEmpty(); ) {
            ByteBuf piece = frames.remove();
            given += piece.readableBytes();
            var _ = channel.write(piece, channel.voidPromise());
        }
    }

    private void runAfterWaiting() {
        Runnable task = afterWaiting;
        afterWaiting = null;
        if (task != null) {
            task.run();
        }
    }

    /// Runs `task` when the kernel has all that was written before, at once if it has. Never, if it never does.
    void afterWaiting(Runnable task) {
        if (waiting == null) {
            task.run();
        } else {
            afterWaiting = task;
        }
    }

    /// Lets go of what Netty's queue has not been given yet.
    void drop() {
        if (waiting != null) {
            waiting.clear();
        }
        afterWaiting = null;
    }

    /// Bytes that wait for the kernel to take them, and what keeping them costs.
    long queuedBytes() {
        return inQueue() + (waiting == null ? 0 : waiting.bytes());
    }

    private long inQueue() {
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }
}

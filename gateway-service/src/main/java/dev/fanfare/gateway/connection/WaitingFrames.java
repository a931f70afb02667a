package dev.fanfare.gateway.connection;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Frames that wait for one client until its socket takes them, in their order. Confined to the connection's event
/// loop.
///
/// They are shared with other clients and kept by reference. A client that does not read has a thousand waiting, and
/// there may be hundreds of such clients: entries of a linked queue would be hundreds of thousands of objects, which
/// the collector copies while everybody waits. So they are a ring in three arrays.
final class WaitingFrames {

    /// What keeping a piece costs beside the frames, in bytes. It is counted, because frames may be tiny.
    static final int PIECE_BYTES = 16;

    private static final int MIN_CAPACITY = 8;

    private @Nullable ByteBuf[] buffers = new @Nullable ByteBuf[MIN_CAPACITY];
    private int[] indices = new int[MIN_CAPACITY];
    private int[] lengths = new int[MIN_CAPACITY];
    private int first;
    private int pieces;
    private long bytes;

    boolean isEmpty() {
        return pieces == 0;
    }

    /// What waits and what keeping it costs.
    long bytes() {
        return bytes;
    }

    /// Adds `length` bytes of `frames` from `index` on. Neither the indices of the buffer change nor who owns it.
    void add(ByteBuf frames, int index, int length) {
        if (pieces == buffers.length) {
            grow();
        }
        int next = slot(pieces);
        buffers[next] = frames.retain();
        indices[next] = index;
        lengths[next] = length;
        pieces++;
        bytes += PIECE_BYTES + length;
    }

    /// Takes the oldest piece out. The reference goes over to the caller.
    ByteBuf remove() {
        ByteBuf frames = buffers[first];
        if (pieces == 0 || frames == null) {
            throw new IllegalStateException("nothing waits");
        }
        ByteBuf piece = frames.slice(indices[first], lengths[first]);
        bytes -= PIECE_BYTES + lengths[first];
        buffers[first] = null;
        first = slot(1);
        pieces--;
        return piece;
    }

    /// Lets all of it go.
    void clear() {
        while (!isEmpty()) {
            remove().release();
        }
    }

    private int slot(int piece) {
        return (first + piece) & (buffers.length - 1);
    }

    private void grow() {
        int capacity = 2 * buffers.length;
        @Nullable ByteBuf[] newBuffers = unrolled(buffers, new @Nullable ByteBuf[capacity]);
        indices = unrolled(indices, new int[capacity]);
        lengths = unrolled(lengths, new int[capacity]);
        buffers = newBuffers;
        first = 0;
    }

    /// Copies a full ring to the begin of a larger array, the oldest first.
    private <T> T unrolled(T ring, T into) {
        int untilEnd = buffers.length - first;
        System.arraycopy(ring, first, into, 0, untilEnd);
        System.arraycopy(ring, 0, into, untilEnd, first);
        return into;
    }
}

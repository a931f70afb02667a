package dev.fanfare.gateway.hub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// The newest frames of one channel on one event loop, one behind the other, so that those from any place on are
/// one write. Confined to the loop.
///
/// A place is a number of bytes since the channel came to the loop, so it stays what it is when older frames are
/// dropped.
final class FrameLog {

    /// Room for four times what is kept, so that copying stays rare.
    private static final int ROOM_FACTOR = 4;

    private static final int MIN_CAPACITY = 1024;

    private final int maxBytes;
    private @Nullable ByteBuf kept;
    private boolean isOwned;
    private long start;
    private long end;
    private long frames;

    /// @param maxBytes that are kept, unless a single frame is larger
    FrameLog(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// The place behind the newest frame.
    long end() {
        return end;
    }

    /// Number of frames so far.
    long frames() {
        return frames;
    }

    /// Whether `frame` can be appended without dropping anything.
    boolean fits(ByteBuf frame) {
        return kept == null || (isOwned && kept.writableBytes() >= frame.readableBytes());
    }

    /// Drops what is before the place `wanted`, so that `frame` fits; returns false, and does nothing, when there is
    /// too much behind it.
    boolean makeRoom(ByteBuf frame, long wanted) {
        ByteBuf before = kept;
        int live = (int) (end - wanted);
        int needed = live + frame.readableBytes();
        if (before == null || live == 0) {
            clear();
            return true;
        }
        if (needed > maxBytes) {
            return false;
        }
        // What is kept may wait for slow clients, too, so it is never moved: they keep it, we go on with a copy.
        int capacity = Math.clamp((long) ROOM_FACTOR * needed, MIN_CAPACITY, maxBytes);
        ByteBuf room = PooledByteBufAllocator.DEFAULT.directBuffer(capacity);
        room.writeBytes(before, indexOf(before, wanted), live);
        before.release();
        kept = room;
        isOwned = true;
        start = wanted;
        return true;
    }

    /// Appends `frame`, which [#fits], and whose reference goes over to here.
    void append(ByteBuf frame) {
        int length = frame.readableBytes();
        if (kept == null) {
            // Other loops share it, so it is not written to.
            kept = frame;
            isOwned = false;
        } else {
            kept.writeBytes(frame, frame.readerIndex(), length);
            frame.release();
        }
        end += length;
        frames++;
    }

    /// Gives everything from the place `from` on to `outbound`.
    void writeTo(Outbound outbound, long from) {
        ByteBuf buffer = kept;
        if (buffer != null && from < end) {
            outbound.send(buffer, indexOf(buffer, from), (int) (end - from));
        }
    }

    private int indexOf(ByteBuf buffer, long place) {
        return buffer.readerIndex() + (int) (place - start);
    }

    /// Drops everything.
    void clear() {
        if (kept != null) {
            kept.release();
            kept = null;
        }
        start = end;
    }
}

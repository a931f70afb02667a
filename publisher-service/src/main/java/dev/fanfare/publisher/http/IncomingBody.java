package dev.fanfare.publisher.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

/// A body while it arrives, bounded in bytes. Confined to the event loop of its request, but for [#reading].
final class IncomingBody {

    /// How much of a body that is not taken is awaited and thrown away, 1 MiB. Many clients look for the answer only
    /// when they have sent everything, and see a reset connection instead of the 413 if it is closed first.
    static final int DISCARDED_BYTES_MAX = 1 << 20;

    private static final int FIRST_BUFFER_BYTES = 2048;

    private final int maxBytes;
    private final LongPredicate room;
    private final CompletableFuture<BodyReading> reading = new CompletableFuture<>();
    private byte[] bytes;
    private long total;
    private boolean isThereRoom = true;

    /// @param declaredBytes what `Content-Length` says, or -1 when it says nothing
    /// @param room whether so many bytes in all may be held; asked before they are
    IncomingBody(int maxBytes, long declaredBytes, LongPredicate room) {
        this.maxBytes = maxBytes;
        this.room = room;
        this.bytes = new byte[0];
        if (declaredBytes > maxBytes + (long) DISCARDED_BYTES_MAX) {
            reading.complete(new BodyReading.TooLarge(maxBytes, false));
        } else {
            grow((int) Math.min(declaredBytes < 0 ? FIRST_BUFFER_BYTES : declaredBytes, maxBytes));
        }
    }

    /// What became of it, once that is known. Any thread.
    CompletableFuture<BodyReading> reading() {
        return reading;
    }

    /// More of it. What comes after the end of the reading is forgotten: the place of the request may be gone.
    void add(Buffer chunk) {
        if (reading.isDone()) {
            return;
        }
        long before = total;
        total += chunk.length();
        if (total > maxBytes + (long) DISCARDED_BYTES_MAX) {
            giveUp();
        } else if (total <= maxBytes && isThereRoom) {
            if (total > bytes.length) {
                grow((int) Math.min(Math.max(total, 2L * bytes.length), maxBytes));
            }
            if (isThereRoom) {
                chunk.getBytes(bytes, (int) before);
            }
        }
    }

    private void grow(int length) {
        isThereRoom = room.test(length);
        bytes = isThereRoom ? Arrays.copyOf(bytes, length) : new byte[0];
    }

    private void giveUp() {
        reading.complete(isThereRoom ? new BodyReading.TooLarge(maxBytes, false) : new BodyReading.NoRoom(false));
    }

    /// That was all.
    void end() {
        if (!isThereRoom) {
            reading.complete(new BodyReading.NoRoom(true));
        } else if (total > maxBytes) {
            reading.complete(new BodyReading.TooLarge(maxBytes, true));
        } else {
            reading.complete(new BodyReading.Whole(total == bytes.length ? bytes : Arrays.copyOf(bytes, (int) total)));
        }
    }

    /// The connection broke.
    void breakOff() {
        reading.complete(new BodyReading.Incomplete("the body ended before its last byte"));
    }

    /// It has taken longer than `seconds`.
    void expire(long seconds) {
        reading.complete(new BodyReading.Incomplete("the body took longer than " + seconds + " s"));
    }
}

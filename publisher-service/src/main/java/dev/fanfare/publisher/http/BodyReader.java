package dev.fanfare.publisher.http;

import dev.fanfare.messaging.admission.AdmissionGate;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/// Reads request bodies, bounded in bytes and in time. Blocks: call it on a virtual thread.
@Singleton
@Startup
final class BodyReader {

    /// How much of a body that is not taken is read and thrown away, 1 MiB. Many clients look for the answer only
    /// when they have sent everything, and see a reset connection instead of the 413 if it is closed first.
    static final int DISCARDED_BYTES_MAX = 1 << 20;

    private static final int FIRST_BUFFER_BYTES = 2048;

    private final int maxBytes;
    private final long timeoutNanos;
    private final LongSupplier nanoTime;

    @Inject
    BodyReader(AdmissionGate gate, HttpConfig config) {
        this(gate.maxBodyBytes(), config.bodyTimeout(), System::nanoTime);
    }

    BodyReader(int maxBytes, Duration timeout, LongSupplier nanoTime) {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("fanfare.publisher.http.body-timeout is at least 1s but is " + timeout);
        }
        this.maxBytes = maxBytes;
        this.timeoutNanos = timeout.toNanos();
        this.nanoTime = nanoTime;
    }

    /// Reads `body` to its end.
    ///
    /// @param declaredBytes what `Content-Length` says, or -1 when it says nothing
    /// @param room whether so many bytes in all may be held; asked before they are
    BodyReading read(InputStream body, long declaredBytes, LongPredicate room) {
        if (declaredBytes > maxBytes + DISCARDED_BYTES_MAX) {
            return new BodyReading.TooLarge(maxBytes, false);
        }
        try {
            return readInTime(body, declaredBytes, room);
        } catch (IOException _) {
            return new BodyReading.Incomplete("the body ended before its last byte");
        }
    }

    private BodyReading readInTime(InputStream body, long declaredBytes, LongPredicate room) throws IOException {
        long startedAt = nanoTime.getAsLong();
        // One byte more than allowed tells a body at the limit from one over it.
        int bufferBytes = firstBuffer(declaredBytes);
        if (!room.test(bufferBytes)) {
            return discarded(body, new byte[FIRST_BUFFER_BYTES], startedAt);
        }
        byte[] buffer = new byte[bufferBytes];
        long total = 0;
        while (true) {
            int used = (int) Math.min(total, maxBytes);
            if (used == buffer.length) {
                bufferBytes = Math.min(2 * used, maxBytes + 1);
                if (!room.test(bufferBytes)) {
                    return discarded(body, buffer, startedAt);
                }
                buffer = Arrays.copyOf(buffer, bufferBytes);
            }
            int n = body.read(buffer, used, buffer.length - used);
            if (n < 0) {
                return total > maxBytes
                        ? new BodyReading.TooLarge(maxBytes, true)
                        : new BodyReading.Whole(used == buffer.length ? buffer : Arrays.copyOf(buffer, used));
            }
            total += n;
            if (total > maxBytes + (long) DISCARDED_BYTES_MAX) {
                return new BodyReading.TooLarge(maxBytes, false);
            }
            if (isLate(startedAt)) {
                return new BodyReading.Incomplete("the body took longer than " + seconds() + " s");
            }
        }
    }

    /// Reads a body for which there is no room to its end, unless that is too far or too late, and forgets it.
    private BodyReading discarded(InputStream body, byte[] scratch, long startedAt) throws IOException {
        long total = 0;
        while (total <= DISCARDED_BYTES_MAX && !isLate(startedAt)) {
            int n = body.read(scratch, 0, scratch.length);
            if (n < 0) {
                return new BodyReading.NoRoom(true);
            }
            total += n;
        }
        return new BodyReading.NoRoom(false);
    }

    private boolean isLate(long startedAt) {
        return nanoTime.getAsLong() - startedAt > timeoutNanos;
    }

    private int firstBuffer(long declaredBytes) {
        return (int) Math.min(declaredBytes < 0 ? FIRST_BUFFER_BYTES : declaredBytes + 1, maxBytes + 1L);
    }

    private long seconds() {
        return Duration.ofNanos(timeoutNanos).toSeconds();
    }
}

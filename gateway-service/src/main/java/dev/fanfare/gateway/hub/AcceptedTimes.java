package dev.fanfare.gateway.hub;

/// When the newest frames of one channel were accepted by a publisher, by their numbers. Confined to the loop.
final class AcceptedTimes {

    private static final int MIN_CAPACITY = 8;

    /// As many frames as a log of [LoopChannel#MAX_BATCH_BYTES] has room for; none has fewer than 64 bytes.
    static final int MAX_CAPACITY = 1024;

    /// At the frame's number modulo the length, which is a power of two.
    private long[] times = new long[MIN_CAPACITY];

    private long first;
    private long frames;

    /// Of the next frame; milliseconds of the epoch, or [DeliveryTimes#UNKNOWN].
    void append(long acceptedAt) {
        if (frames - first == times.length) {
            makeRoom();
        }
        times[index(frames)] = acceptedAt;
        frames++;
    }

    private void makeRoom() {
        if (times.length == MAX_CAPACITY) {
            first++;
            return;
        }
        long[] before = times;
        times = new long[2 * before.length];
        for (long frame = first; frame < frames; frame++) {
            times[index(frame)] = before[(int) (frame & (before.length - 1))];
        }
    }

    private int index(long frame) {
        return (int) (frame & (times.length - 1));
    }

    /// Of the frame with this number, or of the oldest that is known when that is newer.
    long of(long frame) {
        return times[index(Math.max(frame, first))];
    }

    /// Nobody asks for those any more that are here.
    void clear() {
        first = frames;
    }
}

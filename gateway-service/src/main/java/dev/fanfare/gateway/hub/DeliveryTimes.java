package dev.fanfare.gateway.hub;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLongArray;

/// How long messages took to the subscribers of one event loop: from when a publisher accepted them, by its clock,
/// until their frame was given to the last subscriber's socket, by ours (ADR 20).
///
/// Written by the loop, read by any thread. Counts deliveries, one for each message and subscriber. What one write
/// carries counts as old as the first message in it, and the clock is looked at once for some tens of writes.
final class DeliveryTimes {

    /// Upper bounds in milliseconds. 50 is what is promised for 99.9 %, and publishers give their time in milliseconds,
    /// so that less than 2 could not be told.
    private static final int[] BOUNDS = {2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000};

    /// The time of a message that has none.
    static final long UNKNOWN = Long.MAX_VALUE;

    private static final int SUM = BOUNDS.length + 1;
    private static final int EARLY = BOUNDS.length + 2;

    private final InstantSource clock;

    /// Deliveries by bucket, not cumulated, the last without a bound; then the sum of times and what came early.
    /// A single thread writes, so adding needs no atomic instruction.
    private final AtomicLongArray cells = new AtomicLongArray(BOUNDS.length + 3);

    DeliveryTimes(InstantSource clock) {
        this.clock = clock;
    }

    /// By the wall clock, in milliseconds of the epoch.
    long now() {
        return clock.millis();
    }

    /// Some messages were given to a subscriber. On the loop.
    ///
    /// @param acceptedAt time of the first of them, in milliseconds of the epoch, or [#UNKNOWN]
    /// @param now of [#now], lately
    void delivered(long acceptedAt, long now, int deliveries) {
        if (acceptedAt == UNKNOWN) {
            return;
        }
        long millis = now - acceptedAt;
        if (millis < 0) {
            add(EARLY, deliveries);
            millis = 0;
        }
        add(bucketOf(millis), deliveries);
        add(SUM, millis * deliveries);
    }

    /// From the lowest: most are there.
    private static int bucketOf(long millis) {
        int bucket = 0;
        while (bucket < BOUNDS.length && millis > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    private void add(int cell, long amount) {
        cells.setOpaque(cell, cells.getPlain(cell) + amount);
    }

    static int buckets() {
        return BOUNDS.length + 1;
    }

    /// The upper bound of a bucket in seconds, infinite for the last.
    static double boundSeconds(int bucket) {
        return bucket == BOUNDS.length ? Double.POSITIVE_INFINITY : BOUNDS[bucket] / 1e3;
    }

    /// Deliveries in one bucket.
    long in(int bucket) {
        return cells.getOpaque(bucket);
    }

    double sumSeconds() {
        return cells.getOpaque(SUM) / 1e3;
    }

    /// Deliveries of messages whose time had not come by our clock: the clocks differ.
    long early() {
        return cells.getOpaque(EARLY);
    }
}

package dev.fanfare.gateway.edge;

import java.util.function.LongSupplier;

/// Gives each client that came with too many others a second in which it finds room. Any thread.
///
/// A second has as many slots as clients are let in within one. The earliest with a free slot is given, so a crowd
/// comes back as fast as it can be let in and no faster; told a time by chance it would be too many again in some
/// seconds, and nobody in others. When the seconds up to the longest wait are full, the crowd is larger than this
/// instance can let in within that time, and is spread evenly over them.
final class RetrySlots {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int perSecond;
    private final LongSupplier nanoTime;

    /// Clients that were told to come in a second, at the second's number modulo the length.
    private final int[] told;

    private long now;

    /// @param perSecond clients that are let in for long, from 1
    /// @param longest time that a client is told, in seconds, from 1
    RetrySlots(int perSecond, int longest, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.told = new int[longest];
        this.nanoTime = nanoTime;
        this.now = second();
    }

    private long second() {
        return Math.floorDiv(nanoTime.getAsLong(), NANOS_PER_SECOND);
    }

    /// Seconds after which the client that asks now is to come back, 1 to the longest.
    synchronized int take() {
        forgetThePast();
        int best = 1;
        for (int ahead = 1; ahead <= told.length; ahead++) {
            if (toldAt(ahead) < perSecond) {
                best = ahead;
                break;
            }
            if (toldAt(ahead) < toldAt(best)) {
                best = ahead;
            }
        }
        told[index(now + best)]++;
        return best;
    }

    private int toldAt(int ahead) {
        return told[index(now + ahead)];
    }

    private int index(long second) {
        return (int) Math.floorMod(second, (long) told.length);
    }

    /// The seconds that have begun are the last ones from now on.
    private void forgetThePast() {
        long second = second();
        for (long passed = Math.max(now, second - told.length) + 1; passed <= second; passed++) {
            told[index(passed)] = 0;
        }
        now = second;
    }
}

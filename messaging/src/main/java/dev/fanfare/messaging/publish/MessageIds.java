package dev.fanfare.messaging.publish;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// Ids for messages whose caller gave none: 128 random bits as 22 characters of base-62.
///
/// Safe for use by many threads, as its source is. So many bits that two instances need not know of
/// each other: after 10^15 messages the odds of any two sharing an id are below one in 10^8.
@Singleton
public final class MessageIds {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int BASE = DIGITS.length();
    /// Digits that hold 64 bits.
    private static final int HALF = 11;

    private final RandomGenerator random;

    @Inject
    MessageIds() {
        this(new SecureRandom());
    }

    MessageIds(RandomGenerator random) {
        this.random = random;
    }

    /// A new id.
    String next() {
        char[] id = new char[2 * HALF];
        write(random.nextLong(), id, 0);
        write(random.nextLong(), id, HALF);
        return new String(id);
    }

    private static void write(long bits, char[] id, int from) {
        long rest = bits;
        for (int i = from + HALF - 1; i >= from; i--) {
            id[i] = DIGITS.charAt((int) Long.remainderUnsigned(rest, BASE));
            rest = Long.divideUnsigned(rest, BASE);
        }
    }
}

package dev.fanfare.redis.keys;

import java.util.random.RandomGenerator;

/// Makes the names of epochs: 8 characters of base-62, 47 bits, unlikely ever to repeat.
///
/// The same words serve as marks of single publishes. Safe for use from several threads when the
/// generator is.
public final class EpochSource {

    /// Length of an epoch, in characters.
    public static final int LENGTH = 8;

    private static final char[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();

    private final RandomGenerator random;

    public EpochSource(RandomGenerator random) {
        this.random = random;
    }

    public String next() {
        // 64 bits for 47: that some words are likelier than others by one in 10^5 does not matter.
        long rest = random.nextLong();
        char[] epoch = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            epoch[i] = ALPHABET[(int) Long.remainderUnsigned(rest, ALPHABET.length)];
            rest = Long.divideUnsigned(rest, ALPHABET.length);
        }
        return new String(epoch);
    }
}

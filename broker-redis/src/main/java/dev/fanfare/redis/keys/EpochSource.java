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
        char[] epoch = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            epoch[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new String(epoch);
    }
}

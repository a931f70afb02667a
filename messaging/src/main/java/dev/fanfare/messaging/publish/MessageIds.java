package dev.fanfare.messaging.publish;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// Ids for messages whose caller gave none: 128 random bits as 22 characters of base-62.
///
/// Safe for use by many threads, as its source is. So many bits that two instances need not know of
/// each other: after 10^15 messages the odds of any two sharing an id are below one in 10^8.
@Singleton
public final class MessageIds {

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int BYTES = 16;
    private static final int LENGTH = 22;

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
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        var rest = new BigInteger(1, bits);
        char[] id = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            id[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(id);
    }
}

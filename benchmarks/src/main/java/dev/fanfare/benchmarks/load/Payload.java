package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// What is published: JSON of a fixed size with a mark in it, by which a delivery is known whatever a
/// server wraps around it.
///
/// ```text
/// {"v":"^0000000042,00000001234567;xxxxxx"}
///        │          │
///        │          └ when it should have been sent, microseconds on the clock of this process
///        └ number of the message in its channel, from 1
/// ```
///
/// Not thread-safe: one array is written anew for every message.
final class Payload {

    /// Begins a mark. Appears nowhere else in what a server sends.
    static final byte MARK = '^';

    static final int SEQUENCE_DIGITS = 10;
    static final int TIME_DIGITS = 14;

    /// Digits, comma and semicolon behind [#MARK].
    static final int MARK_LENGTH = SEQUENCE_DIGITS + 1 + TIME_DIGITS + 1;

    private static final String HEAD = "{\"v\":\"";
    private static final String TAIL = "\"}";

    /// Smallest payload, in bytes.
    static final int MIN_BYTES = HEAD.length() + 1 + MARK_LENGTH + TAIL.length();

    private final byte[] bytes;

    /// @param size in bytes, from [#MIN_BYTES]
    Payload(int size) {
        if (size < MIN_BYTES) {
            throw new IllegalArgumentException("a message has at least " + MIN_BYTES + " bytes, not " + size);
        }
        bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'x');
        put(0, HEAD);
        bytes[HEAD.length()] = MARK;
        put(size - TAIL.length(), TAIL);
        stamp(0, 0);
    }

    private void put(int at, String text) {
        System.arraycopy(text.getBytes(US_ASCII), 0, bytes, at, text.length());
    }

    /// The same array at every call, with a new mark in it.
    byte[] stamp(long sequence, long sentMicros) {
        int at = HEAD.length() + 1;
        putDigits(bytes, at, SEQUENCE_DIGITS, sequence);
        bytes[at + SEQUENCE_DIGITS] = ',';
        putDigits(bytes, at + SEQUENCE_DIGITS + 1, TIME_DIGITS, sentMicros);
        bytes[at + MARK_LENGTH - 1] = ';';
        return bytes;
    }

    int size() {
        return bytes.length;
    }

    /// Bytes that follow a mark and hold none.
    int filler() {
        return bytes.length - HEAD.length() - 1 - MARK_LENGTH;
    }

    /// Writes `number` with leading zeros; digits that do not fit are cut off on the left.
    static void putDigits(byte[] into, int at, int digits, long number) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    @Override
    public String toString() {
        return new String(bytes, US_ASCII);
    }
}

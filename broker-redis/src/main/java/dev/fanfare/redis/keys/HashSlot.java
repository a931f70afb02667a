package dev.fanfare.redis.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The slot of a key in a Redis cluster: CRC-16/XMODEM of its hash tag, or of all of it, modulo 16384.
///
/// Source: Redis cluster specification, "Hash tags".
public final class HashSlot {

    /// Slots in every Redis cluster.
    public static final int COUNT = 16_384;

    private static final int POLYNOMIAL = 0x1021;

    private HashSlot() {}

    /// The slot of `key`, 0 to 16383.
    public static int of(String key) {
        int open = key.indexOf('{');
        int close = key.indexOf('}', open + 1);
        boolean tagged = open >= 0 && close > open + 1;
        return crc16((tagged ? key.substring(open + 1, close) : key).getBytes(UTF_8)) % COUNT;
    }

    static int crc16(byte[] bytes) {
        int crc = 0;
        for (byte b : bytes) {
            crc ^= (b & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
        }
        return crc & 0xffff;
    }
}

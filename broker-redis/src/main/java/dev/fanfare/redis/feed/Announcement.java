package dev.fanfare.redis.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What `publish.lua` sends under the pub/sub name of a channel:
/// `1:<epoch>:<offset>:<mark>:<mark of the one before>:<stored message>`.
///
/// The leading 1 is the version of this form. The message is cut off, not decoded.
final class Announcement {

    private static final int MAX_WORD_LENGTH = 16;
    private static final int MAX_OFFSET_DIGITS = 18;

    private Announcement() {}

    /// The publication that `bytes` announces, or null when they are something else.
    static @Nullable Publication parse(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] != '1' || bytes[1] != ':') {
            return null;
        }
        int epochEnd = endOfWord(bytes, 2);
        int offsetEnd = epochEnd < 0 ? -1 : endOfField(bytes, epochEnd + 1, MAX_OFFSET_DIGITS);
        int markEnd = offsetEnd < 0 ? -1 : endOfWord(bytes, offsetEnd + 1);
        int previousEnd = markEnd < 0 ? -1 : endOfWord(bytes, markEnd + 1);
        long offset = previousEnd < 0 ? 0 : digits(bytes, epochEnd + 1, offsetEnd);
        if (offset < 1 || !isObject(bytes, previousEnd + 1)) {
            return null;
        }
        return new Publication(
                new StreamPosition(text(bytes, 2, epochEnd), offset),
                text(bytes, offsetEnd + 1, markEnd),
                text(bytes, markEnd + 1, previousEnd),
                StoredMessage.ofStored(Arrays.copyOfRange(bytes, previousEnd + 1, bytes.length)));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    /// Index of the colon that ends a field of base-62, or -1.
    private static int endOfWord(byte[] bytes, int from) {
        int end = endOfField(bytes, from, MAX_WORD_LENGTH);
        return end >= 0 && isBase62(bytes, from, end) ? end : -1;
    }

    /// Index of the colon that ends a field of 1 to `maxLength` bytes, or -1.
    private static int endOfField(byte[] bytes, int from, int maxLength) {
        int limit = Math.min(bytes.length, from + maxLength + 1);
        for (int at = from; at < limit; at++) {
            if (bytes[at] == ':') {
                return at == from ? -1 : at;
            }
        }
        return -1;
    }

    private static boolean isBase62(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (!((b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z'))) {
                return false;
            }
        }
        return true;
    }

    /// The number, or -1 when it has anything but digits.
    private static long digits(byte[] bytes, int from, int to) {
        long number = 0;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static boolean isObject(byte[] bytes, int from) {
        return bytes.length - from >= 2 && bytes[from] == '{' && bytes[bytes.length - 1] == '}';
    }
}

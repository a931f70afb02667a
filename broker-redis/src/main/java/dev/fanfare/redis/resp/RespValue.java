package dev.fanfare.redis.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// One value that Redis sent, in RESP 3.
public sealed interface RespValue {

    /// Null, of whatever kind.
    enum Nothing implements RespValue {
        NOTHING
    }

    /// A simple or verbatim string, a double, a big number.
    record Text(String text) implements RespValue {}

    /// An error. The first word of `text` is its code: `ERR`, `MOVED`, `NOPERM`.
    record Failure(String text) implements RespValue {

        public boolean is(String code) {
            return text.equals(code) || text.startsWith(code + " ");
        }
    }

    /// An integer, or a boolean as 0 or 1.
    record Whole(long number) implements RespValue {}

    /// Binary data. The array belongs to whoever gets the value.
    final class Bulk implements RespValue {

        private final byte[] bytes;

        public Bulk(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return new String(bytes, UTF_8);
        }
    }

    /// Binary data that was larger than the reader's limit and was thrown away while it came in.
    record TooLarge(long length) implements RespValue {}

    /// An array, a set, or a map as keys and values by turns.
    record Many(List<RespValue> items) implements RespValue {}

    /// Something that nobody asked for just now: a message, or the acknowledgement of an (un)subscribe.
    record Push(List<RespValue> items) implements RespValue {}

    /// The text of a string of either kind; of anything else, a description for logs.
    default String text() {
        return switch (this) {
            case Text(String text) -> text;
            case Failure(String text) -> text;
            case Whole(long number) -> Long.toString(number);
            case Bulk bulk -> bulk.toString();
            case TooLarge(long length) -> length + " bytes";
            case Many(List<RespValue> items) -> items.size() + " items";
            case Push(List<RespValue> items) -> "push of " + items.size() + " items";
            case Nothing _ -> "nothing";
        };
    }

    /// The value after the key `key` of a map.
    default RespValue member(String key) {
        if (this instanceof Many(List<RespValue> items)) {
            for (int i = 0; i + 1 < items.size(); i += 2) {
                if (items.get(i).text().equals(key)) {
                    return items.get(i + 1);
                }
            }
        }
        return Nothing.NOTHING;
    }

    /// The value at `index` of an array, from 0.
    default RespValue item(int index) {
        return this instanceof Many(List<RespValue> items) && index < items.size() ? items.get(index) : Nothing.NOTHING;
    }
}

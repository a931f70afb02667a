package dev.fanfare.contract.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One JSON value as the UTF-8 bytes in which it arrived, checked once and never parsed again.
///
/// Numbers keep their digits and objects their order, because nothing is decoded and written anew.
/// Equality is equality of bytes. The array is not copied on the way in or out: do not write to it.
public final class RawJson {

    private final byte[] utf8;

    private RawJson(byte[] utf8) {
        this.utf8 = utf8;
    }

    /// The single JSON value that `utf8` holds, without the white space around it.
    ///
    /// @throws IOException if it is not JSON, nested deeper than [JsonReading#MAX_DEPTH], or followed
    ///     by anything but white space; the message is safe to show to the sender
    public static RawJson parse(byte[] utf8) throws IOException {
        return JsonReading.singleValue(utf8);
    }

    /// `text` as a JSON string.
    public static RawJson ofString(String text) {
        var json = new StringBuilder(text.length() + 16);
        JsonWriting.appendString(json, text);
        return new RawJson(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// A slice that the caller has parsed already and knows to be one JSON value.
    static RawJson ofChecked(byte[] utf8, int from, int to) {
        return new RawJson(Arrays.copyOfRange(utf8, from, to));
    }

    /// The value's bytes; not a copy.
    public byte[] utf8() {
        return utf8;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(utf8, that.utf8);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(utf8);
    }

    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}

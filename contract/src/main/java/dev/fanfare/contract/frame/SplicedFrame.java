package dev.fanfare.contract.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// A frame as runs of bytes that need only be copied one behind the other.
public interface SplicedFrame {

    /// Length of the JSON text, in bytes.
    int length();

    /// Hands the parts of the JSON text to `sink`, in order.
    void forEachPart(PartSink sink);

    /// The JSON text.
    default String text() {
        var json = new ByteArrayOutputStream(length());
        forEachPart(json::write);
        return json.toString(UTF_8);
    }

    /// Takes the parts of a frame.
    @FunctionalInterface
    interface PartSink {

        /// Takes `length` bytes of `bytes` from index `from`; must not change or keep them.
        void part(byte[] bytes, int from, int length);
    }
}

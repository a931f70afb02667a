package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameScannerTest {

    private static final int TEXT = 0x81;
    private static final int CONTINUED_TEXT = 0x01;
    private static final int LAST_PART = 0x80;
    private static final int PING = 0x89;
    private static final int CLOSE = 0x88;

    private static final class Heard implements FrameScanner.Sink {

        private final List<String> events = new ArrayList<>();

        @Override
        public void onMessage(long sequence, long sentMicros) {
            events.add("message " + sequence + " of " + sentMicros);
        }

        @Override
        public void onOther(int first, int second) {
            events.add("other " + first + " " + second);
        }

        @Override
        public void onPing(byte[] payload) {
            events.add("ping " + new String(payload, ISO_8859_1));
        }

        @Override
        public void onClose(int code) {
            events.add("close " + code);
        }
    }

    private final Payload payload = new Payload(128);
    private final Heard heard = new Heard();
    private final FrameScanner scanner = new FrameScanner(payload.filler(), heard);

    @Test
    void framesInOnePiece_areEachCounted() {
        // Given
        byte[] bytes = join(frame(TEXT, wrapped(1, 100)), frame(TEXT, wrapped(2, 200)));

        // When
        scanner.scan(bytes, 0, bytes.length);

        // Then
        assertThat(heard.events).containsExactly("message 1 of 100", "message 2 of 200");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 127})
    void framesInSmallPieces_areEachCounted(int size) {
        // Given
        byte[] bytes = join(frame(TEXT, wrapped(41, 123_456)), frame(PING, "hi"), frame(TEXT, wrapped(42, 7)));

        // When
        for (int from = 0; from < bytes.length; from += size) {
            scanner.scan(bytes, from, Math.min(bytes.length, from + size));
        }

        // Then
        assertThat(heard.events).containsExactly("message 41 of 123456", "ping hi", "message 42 of 7");
    }

    @Test
    void severalMessagesInAFrame_areEachCounted() {
        // Given
        byte[] bytes = frame(TEXT, wrapped(1, 1) + wrapped(2, 2) + wrapped(3, 3));

        // When
        scanner.scan(bytes, 0, bytes.length);

        // Then
        assertThat(heard.events).hasSize(3);
    }

    @Test
    void messageOverTwoFrames_isCountedOnce() {
        // Given
        String message = wrapped(5, 6);
        byte[] bytes = join(frame(CONTINUED_TEXT, message.substring(0, 40)), frame(LAST_PART, message.substring(40)));

        // When
        scanner.scan(bytes, 0, bytes.length);

        // Then
        assertThat(heard.events).containsExactly("message 5 of 6");
    }

    @Test
    void lengthThatLooksLikeAMark_isNoMessage() {
        // Given
        byte[] bytes = join(frame(TEXT, "y".repeat(Payload.MARK)), frame(TEXT, wrapped(1, 1)));

        // When
        scanner.scan(bytes, 0, bytes.length);

        // Then
        assertThat(heard.events).containsExactly("other 121 121", "message 1 of 1");
    }

    @Test
    void longFrame_isReadToItsEnd() {
        // Given
        byte[] bytes = join(frame(TEXT, "y".repeat(70_000)), frame(TEXT, ""), frame(CLOSE, "\u0003\u00f4"));

        // When
        scanner.scan(bytes, 0, bytes.length);

        // Then
        assertThat(heard.events).containsExactly("other 121 121", "other -1 -1", "close 1012");
    }

    @Test
    void markThatWasChanged_isAnError() {
        // Given
        byte[] bytes = frame(TEXT, wrapped(1, 1).replace(',', '?'));

        // Then
        assertThatThrownBy(() -> scanner.scan(bytes, 0, bytes.length)).isInstanceOf(IllegalStateException.class);
    }

    private String wrapped(long sequence, long sentMicros) {
        return "{\"message\":" + new String(payload.stamp(sequence, sentMicros), ISO_8859_1) + "}";
    }

    private static byte[] frame(int first, String text) {
        var frame = new ByteArrayOutputStream();
        frame.write(first);
        if (text.length() < 126) {
            frame.write(text.length());
        } else if (text.length() < 65_536) {
            frame.write(126);
            frame.write(text.length() >> 8);
            frame.write(text.length() & 0xFF);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) text.length() >> shift));
            }
        }
        frame.writeBytes(text.getBytes(ISO_8859_1));
        return frame.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

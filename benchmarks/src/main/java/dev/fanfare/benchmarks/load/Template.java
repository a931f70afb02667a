package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// A publish to one channel as bytes for the wire, but for what changes from message to message.
///
/// It is made of a text of which every character is one byte; the private characters [#PAYLOAD],
/// [#NUMBER] and [#TICKET] in it stand for what changes. Not thread-safe.
final class Template {

    /// Stands for the payload.
    static final char PAYLOAD = '\uE000';

    /// Stands for the number of the message in its channel, ten digits.
    static final char NUMBER = '\uE001';

    /// Stands for the last eight digits of that number.
    static final char TICKET = '\uE002';

    private static final int TICKET_DIGITS = 8;

    private static final char NOTHING = 0;

    /// The bytes that do not change, and what comes behind each run of them.
    private final List<byte[]> pieces = new ArrayList<>();

    private final StringBuilder between = new StringBuilder();
    private final byte[] digits = new byte[Payload.SEQUENCE_DIGITS];

    Template(String text) {
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= PAYLOAD && character <= TICKET) {
                pieces.add(text.substring(from, i).getBytes(ISO_8859_1));
                between.append(character);
                from = i + 1;
            }
        }
        pieces.add(text.substring(from).getBytes(ISO_8859_1));
        between.append(NOTHING);
    }

    /// The Redis command of `arguments`, in which the same characters stand for what changes.
    ///
    /// @param payloadBytes size of a payload
    static Template command(List<String> arguments, int payloadBytes) {
        var text = new StringBuilder("*" + arguments.size() + "\r\n");
        for (String argument : arguments) {
            int length = argument.chars()
                    .map(character -> width((char) character, payloadBytes))
                    .sum();
            text.append('$').append(length).append("\r\n").append(argument).append("\r\n");
        }
        return new Template(text.toString());
    }

    private static int width(char character, int payloadBytes) {
        return switch (character) {
            case PAYLOAD -> payloadBytes;
            case NUMBER -> Payload.SEQUENCE_DIGITS;
            case TICKET -> TICKET_DIGITS;
            default -> 1;
        };
    }

    /// Appends the publish of `payload` to `out`.
    void write(ByteBuf out, byte[] payload, long sequence) {
        for (int i = 0; i < pieces.size(); i++) {
            out.writeBytes(pieces.get(i));
            switch (between.charAt(i)) {
                case PAYLOAD -> out.writeBytes(payload);
                case NUMBER -> writeDigits(out, Payload.SEQUENCE_DIGITS, sequence);
                case TICKET -> writeDigits(out, TICKET_DIGITS, sequence);
                default -> {
                    // The end.
                }
            }
        }
    }

    private void writeDigits(ByteBuf out, int count, long number) {
        Payload.putDigits(digits, 0, count, number);
        out.writeBytes(digits, 0, count);
    }
}

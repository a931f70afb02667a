package dev.fanfare.e2e.installation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A message of Protocol Buffers without its schema: fields by number. Enough to look into what is sent to a collector.
final class ProtobufMessage {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final Map<Integer, List<byte[]>> fields = new HashMap<>();

    /// The message that `bytes` are.
    ///
    /// @throws IllegalArgumentException if they are none
    ProtobufMessage(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            long tag = varint(rest);
            int number = (int) (tag >>> 3);
            switch ((int) tag & 7) {
                case VARINT -> varint(rest);
                case FIXED_64 -> rest.position(rest.position() + Long.BYTES);
                case FIXED_32 -> rest.position(rest.position() + Integer.BYTES);
                case BYTES -> {
                    var value = new byte[(int) varint(rest)];
                    rest.get(value);
                    fields.computeIfAbsent(number, _ -> new ArrayList<>()).add(value);
                }
                default -> throw new IllegalArgumentException("not a message: tag " + tag);
            }
        }
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private Stream<byte[]> values(int number) {
        return fields.getOrDefault(number, List.of()).stream();
    }

    /// The messages of a field, in their order.
    Stream<ProtobufMessage> messages(int number) {
        return values(number).map(ProtobufMessage::new);
    }

    /// The text of a field, "" without it.
    String text(int number) {
        return values(number).map(bytes -> new String(bytes, UTF_8)).findFirst().orElse("");
    }

    /// The bytes of a field as hex digits, "" without it.
    String hex(int number) {
        return values(number).map(HexFormat.of()::formatHex).findFirst().orElse("");
    }
}

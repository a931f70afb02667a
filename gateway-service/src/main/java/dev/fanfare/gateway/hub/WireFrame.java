package dev.fanfare.gateway.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.contract.frame.FrameCodec;
import dev.fanfare.contract.frame.HistoryFrame;
import dev.fanfare.contract.frame.PublicationFrame;
import dev.fanfare.contract.frame.ServerFrame;
import dev.fanfare.contract.frame.SplicedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.List;

/// JSON text as complete, unmasked WebSocket text frames (RFC 6455, 5.2), ready to be written.
///
/// Buffers are direct, because a heap buffer would be copied to a direct one at every write.
public final class WireFrame {

    /// FIN, and the opcode of a text frame.
    private static final int FIN_TEXT = 0x81;

    /// Longest payload whose length fits into the second byte.
    private static final int MAX_LENGTH_7_BIT = 125;

    private static final int LENGTH_16_BIT_FOLLOWS = 126;
    private static final int LENGTH_64_BIT_FOLLOWS = 127;
    private static final int MAX_LENGTH_16_BIT = 0xFFFF;

    /// Longest header that a server writes, in bytes.
    private static final int MAX_HEADER = 10;

    private WireFrame() {}

    /// The frame of one answer or event.
    public static ByteBuf of(ServerFrame frame) {
        return frame instanceof ServerFrame.History(HistoryFrame page)
                ? of(page)
                : ofText(FrameCodec.write(frame).getBytes(UTF_8));
    }

    /// The frame of one publication, or of one page of the past.
    public static ByteBuf of(SplicedFrame frame) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(MAX_HEADER + frame.length());
        append(buffer, frame);
        return buffer;
    }

    /// The frames of several publications, one behind the other.
    public static ByteBuf of(List<PublicationFrame> frames) {
        int bytes =
                frames.stream().mapToInt(frame -> MAX_HEADER + frame.length()).sum();
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
        frames.forEach(frame -> append(buffer, frame));
        return buffer;
    }

    private static ByteBuf ofText(byte[] json) {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(MAX_HEADER + json.length);
        writeHeader(buffer, json.length);
        return buffer.writeBytes(json);
    }

    private static void append(ByteBuf buffer, SplicedFrame frame) {
        writeHeader(buffer, frame.length());
        frame.forEachPart(buffer::writeBytes);
    }

    private static void writeHeader(ByteBuf buffer, int length) {
        buffer.writeByte(FIN_TEXT);
        if (length <= MAX_LENGTH_7_BIT) {
            buffer.writeByte(length);
        } else if (length <= MAX_LENGTH_16_BIT) {
            buffer.writeByte(LENGTH_16_BIT_FOLLOWS).writeShort(length);
        } else {
            buffer.writeByte(LENGTH_64_BIT_FOLLOWS).writeLong(length);
        }
    }
}

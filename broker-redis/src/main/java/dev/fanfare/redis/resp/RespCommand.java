package dev.fanfare.redis.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/// Writes commands as Redis wants them: an array of binary strings.
final class RespCommand {

    private static final byte[] LINE_END = {'\r', '\n'};

    private RespCommand() {}

    static Buffer encode(List<String> parts) {
        Buffer buffer = Buffer.buffer(16 + 32 * parts.size());
        appendHeader(buffer, '*', parts.size());
        for (String part : parts) {
            byte[] bytes = part.getBytes(UTF_8);
            appendHeader(buffer, '$', bytes.length);
            buffer.appendBytes(bytes).appendBytes(LINE_END);
        }
        return buffer;
    }

    private static void appendHeader(Buffer buffer, char type, int number) {
        buffer.appendByte((byte) type)
                .appendBytes(Integer.toString(number).getBytes(UTF_8))
                .appendBytes(LINE_END);
    }
}

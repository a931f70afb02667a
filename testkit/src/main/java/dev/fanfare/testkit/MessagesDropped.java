package dev.fanfare.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// A Redis that answers everything, acknowledges subscribes, and pushes no message: cuts the pushes of
/// small messages (RESP3) out of what it sends. Each must come in one piece, as they do on a loopback link.
///
/// A filter for [TcpProxy#filterFromServer].
public final class MessagesDropped implements UnaryOperator<byte[]> {

    private static final Pattern MESSAGE =
            Pattern.compile(">3\r\n\\$[78]\r\ns?message\r\n\\$\\d+\r\n[^\r]*\r\n\\$\\d+\r\n[^\r]*\r\n", Pattern.DOTALL);

    private final AtomicBoolean dropping;

    /// Drops for good.
    public MessagesDropped() {
        this(new AtomicBoolean(true));
    }

    /// Drops while `dropping` is true.
    public MessagesDropped(AtomicBoolean dropping) {
        this.dropping = dropping;
    }

    @Override
    public byte[] apply(byte[] bytes) {
        return dropping.get()
                ? MESSAGE.matcher(new String(bytes, ISO_8859_1)).replaceAll("").getBytes(ISO_8859_1)
                : bytes;
    }
}

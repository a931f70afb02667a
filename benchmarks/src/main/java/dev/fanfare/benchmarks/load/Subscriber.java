package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection with one subscription. Runs on the load's event loop.
final class Subscriber extends ChannelInboundHandlerAdapter implements FrameScanner.Sink {

    /// What subscribers tell.
    interface Audience {

        void onMessage(Subscriber subscriber, boolean isNew, long sentMicros);

        /// All that one read brought was told.
        void onReadComplete();

        /// A frame without a message has come that begins with `first`, for example an acknowledgement.
        default void onOther(Subscriber subscriber, int first) {}

        /// The connection has ended although nobody here wanted it to.
        void onLost(Subscriber subscriber, Throwable cause);
    }

    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String SWITCHING = "HTTP/1.1 101";
    private static final int PONG = 0x8A;
    private static final int CLOSE = 0x88;
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;

    private final int number;
    private final int channel;
    private final String channelName;
    private final Dialect dialect;
    private final byte[] scratch;
    private final Audience audience;
    private final FrameScanner scanner;
    private final Tally tally = new Tally();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private @Nullable StringBuilder head = new StringBuilder();
    private @Nullable ChannelHandlerContext context;
    private boolean isEnding;

    /// @param scratch room for what one read brings, shared by all on the loop
    Subscriber(
            int number,
            int channel,
            String channelName,
            Dialect dialect,
            int filler,
            byte[] scratch,
            Audience audience) {
        this.number = number;
        this.channel = channel;
        this.channelName = channelName;
        this.dialect = dialect;
        this.scratch = scratch;
        this.audience = audience;
        this.scanner = new FrameScanner(filler, this);
    }

    /// The index of its channel.
    int channel() {
        return channel;
    }

    Tally tally() {
        return tally;
    }

    /// Completes when the upgrade is done and the subscription is asked for.
    CompletableFuture<Void> opened() {
        return opened;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        String request = "GET " + dialect.path(channelName) + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        var _ = active.writeAndFlush(Unpooled.copiedBuffer(request, ISO_8859_1), active.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int length = bytes.readableBytes();
        bytes.readBytes(scratch, 0, length);
        bytes.release();
        int from = head == null ? 0 : upgrade(head, length);
        scanner.scan(scratch, from, length);
    }

    /// Returns where the first frame begins.
    private int upgrade(StringBuilder soFar, int length) {
        int before = soFar.length();
        soFar.append(new String(scratch, 0, length, ISO_8859_1));
        int end = soFar.indexOf(END_OF_HEAD);
        if (end < 0) {
            return length;
        }
        if (soFar.indexOf(SWITCHING) != 0) {
            throw new IllegalStateException("the upgrade was refused: " + soFar);
        }
        head = null;
        sendText(dialect.opening(channelName));
        opened.complete(null);
        return end + END_OF_HEAD.length() - before;
    }

    private void sendText(@Nullable String text) {
        if (text != null) {
            sendFrame(dialect.isBinary() ? BINARY : TEXT, text.getBytes(ISO_8859_1));
        }
    }

    /// Sends a short frame, masked with zeros, which leave it as it is.
    private void sendFrame(int firstByte, byte[] payload) {
        ChannelHandlerContext active = context;
        if (active == null) {
            return;
        }
        if (payload.length > 125) {
            throw new IllegalArgumentException("too long for a short frame: " + payload.length);
        }
        ByteBuf frame = active.alloc().buffer(6 + payload.length);
        frame.writeByte(firstByte).writeByte(0x80 | payload.length).writeInt(0).writeBytes(payload);
        var _ = active.writeAndFlush(frame, active.voidPromise());
    }

    @Override
    public void onMessage(long sequence, long sentMicros) {
        audience.onMessage(this, tally.isNew(sequence), sentMicros);
    }

    @Override
    public void onOther(int first, int second) {
        sendText(dialect.answer(first, second, channelName));
        audience.onOther(this, first);
    }

    @Override
    public void onPing(byte[] payload) {
        sendFrame(PONG, payload);
    }

    @Override
    public void onClose(int code) {
        end(new IllegalStateException("the server closes connection " + number + " with code " + code));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext active) {
        audience.onReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext active) {
        end(new IllegalStateException("the server hung up on connection " + number));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
        end(cause);
        var _ = active.close();
    }

    private void end(Throwable cause) {
        if (!isEnding) {
            isEnding = true;
            opened.completeExceptionally(cause);
            audience.onLost(this, cause);
        }
    }

    /// Begins the closing handshake; the server hangs up.
    void sayGoodbye() {
        isEnding = true;
        sendFrame(CLOSE, new byte[0]);
    }

    /// Hangs up.
    void close() {
        isEnding = true;
        if (context != null) {
            var _ = context.close();
        }
    }
}

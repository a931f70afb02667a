package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.CompletableFuture;

/// Publishes over one connection without waiting for replies, as Redis and NATS allow.
final class WirePublisher implements Publisher {

    private static final String NATS_PING = "PING";

    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Channel connection;
    private final Template[] templates;

    /// @param greeting the first bytes, may be empty
    WirePublisher(Transport transport, int port, String greeting, Template[] templates) {
        this.templates = templates;
        connection = transport
                .bootstrap()
                .handler(new Replies(failure))
                .connect("127.0.0.1", port)
                .syncUninterruptibly()
                .channel();
        var _ = connection.writeAndFlush(Unpooled.copiedBuffer(greeting, ISO_8859_1), connection.voidPromise());
    }

    @Override
    public void publish(int channel, byte[] payload, long sequence) {
        ByteBuf out = connection.alloc().buffer(payload.length + 512);
        templates[channel].write(out, payload, sequence);
        var _ = connection.write(out, connection.voidPromise());
    }

    @Override
    public void flush() {
        connection.flush();
    }

    @Override
    public CompletableFuture<Void> failure() {
        return failure;
    }

    @Override
    public void close() {
        connection.close().awaitUninterruptibly();
    }

    private static final class Replies extends PublishConnection {

        Replies(CompletableFuture<Void> failure) {
            super(failure);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf replies = (ByteBuf) message;
            try {
                look(context, replies);
            } finally {
                replies.release();
            }
        }

        /// Looks at the beginning of every line; both protocols begin a refusal with a minus.
        private void look(ChannelHandlerContext context, ByteBuf replies) {
            boolean isLineStart = true;
            for (int i = replies.readerIndex(); i < replies.writerIndex(); i++) {
                byte octet = replies.getByte(i);
                if (isLineStart && octet == '-') {
                    refused(replies.toString(i, replies.writerIndex() - i, ISO_8859_1));
                } else if (isLineStart && octet == 'P') {
                    answerPing(context, replies.toString(i, replies.writerIndex() - i, ISO_8859_1));
                }
                isLineStart = octet == '\n';
            }
        }

        private void answerPing(ChannelHandlerContext context, String line) {
            if (line.startsWith(NATS_PING)) {
                var _ = context.writeAndFlush(Unpooled.copiedBuffer("PONG\r\n", ISO_8859_1), context.voidPromise());
            }
        }
    }
}

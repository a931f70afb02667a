package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// Publishes by HTTP over a few connections, each with one request at a time; what finds none free waits
/// in order.
///
/// An answer is taken for complete when it has come in one piece, which it does over loopback when it
/// is as short as those of a publish.
final class HttpPublisher implements Publisher {

    private static final String OK = "HTTP/1.1 2";

    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final Template[] templates;
    private final List<ChannelHandlerContext> all = new ArrayList<>();
    private final Queue<ChannelHandlerContext> free = new ArrayDeque<>();
    private final Queue<ByteBuf> waiting = new ArrayDeque<>();

    HttpPublisher(Transport transport, int port, int connections, Template[] templates) {
        this.templates = templates;
        for (int i = 0; i < connections; i++) {
            var connection = new Connection();
            transport.bootstrap().handler(connection).connect("127.0.0.1", port).syncUninterruptibly();
        }
    }

    @Override
    public void publish(int channel, byte[] payload, long sequence) {
        ByteBuf request = all.getFirst().alloc().buffer(payload.length + 512);
        templates[channel].write(request, payload, sequence);
        waiting.add(request);
    }

    @Override
    public void flush() {
        while (!free.isEmpty() && !waiting.isEmpty()) {
            ChannelHandlerContext connection = free.remove();
            var _ = connection.writeAndFlush(waiting.remove(), connection.voidPromise());
        }
    }

    @Override
    public CompletableFuture<Void> failure() {
        return failure;
    }

    @Override
    public void close() {
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        for (ChannelHandlerContext connection : all) {
            var _ = connection.close();
        }
    }

    private final class Connection extends PublishConnection {

        Connection() {
            super(failure);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            all.add(context);
            free.add(context);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf answer = (ByteBuf) message;
            String text = answer.toString(ISO_8859_1);
            answer.release();
            if (!text.startsWith(OK)) {
                refused(text);
            }
            free.add(context);
            flush();
        }
    }
}

package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fanfare.benchmarks.harness.ProcessTree;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Many keep-alive connections that send one request again and again, each as soon as the answer to the one before is
/// there. All on one event loop.
public final class HttpCallers implements AutoCloseable {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final Transport transport = new Transport();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final List<Connection> connections = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private final MicroClock clock = new MicroClock();
    private final ByteBuf request;

    private CompletableFuture<Void> end = new CompletableFuture<>();
    private long endMicros;
    private long published;
    private int busy;

    private HttpCallers(String request) {
        this.request = Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(request.getBytes(ISO_8859_1)));
    }

    /// Opens so many connections to the loopback interface.
    ///
    /// @param request with its body, a character for each byte
    public static HttpCallers open(int port, int connections, String request) {
        var callers = new HttpCallers(request);
        for (int i = 0; i < connections; i++) {
            var connection = callers.new Connection();
            callers.connections.add(connection);
            callers.transport
                    .bootstrap()
                    .handler(connection)
                    .connect("127.0.0.1", port)
                    .syncUninterruptibly();
        }
        return callers;
    }

    /// Publishes for `time`.
    ///
    /// @param serverCpu the server's processor time until now
    /// @throws java.util.concurrent.CompletionException when a publish is refused or a connection breaks
    public PublishOutcome run(Duration time, Supplier<Duration> serverCpu) {
        Duration serverBefore = serverCpu.get();
        Duration loadBefore = ProcessTree.ownCpu();
        long startedAt = System.nanoTime();
        CompletableFuture<Void> over = new CompletableFuture<>();
        transport.group().execute(() -> begin(time, over));
        CompletableFuture.anyOf(over, failure)
                .orTimeout(time.plus(ANSWER_WITHIN).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return new PublishOutcome(
                published,
                Duration.ofNanos(System.nanoTime() - startedAt),
                serverCpu.get().minus(serverBefore),
                ProcessTree.ownCpu().minus(loadBefore),
                latencies.percentiles());
    }

    private void begin(Duration time, CompletableFuture<Void> over) {
        end = over;
        endMicros = clock.now() + time.toNanos() / 1000;
        published = 0;
        latencies.clear();
        busy = connections.size();
        connections.forEach(Connection::send);
    }

    @Override
    public void close() {
        transport.close();
    }

    /// One caller.
    private final class Connection extends PublishConnection {

        private final HttpAnswer answer = new HttpAnswer();
        private ChannelHandlerContext context;
        private long sentMicros;

        @SuppressWarnings("NullAway.Init") // Set when the connection is open, before anything is sent.
        Connection() {
            super(failure);
        }

        @Override
        public void channelActive(ChannelHandlerContext opened) {
            context = opened;
        }

        private void send() {
            sentMicros = clock.now();
            var _ = context.writeAndFlush(request.duplicate(), context.voidPromise());
        }

        @Override
        public void channelRead(ChannelHandlerContext ignored, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            String text = bytes.toString(ISO_8859_1);
            bytes.release();
            if (!answer.isCompleteWith(text)) {
                return;
            }
            if (!answer.isCreated()) {
                refused(answer.text());
                return;
            }
            answer.clear();
            long now = clock.now();
            latencies.record(sentMicros, now);
            published++;
            if (now < endMicros) {
                send();
            } else if (--busy == 0) {
                end.complete(null);
            }
        }
    }

    /// An answer as far as it has come.
    static final class HttpAnswer {

        private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");
        private static final String END_OF_HEAD = "\r\n\r\n";

        private String text = "";

        /// Whether it is all there with `more`.
        boolean isCompleteWith(String more) {
            text = text.isEmpty() ? more : text + more;
            int head = text.indexOf(END_OF_HEAD);
            if (head < 0) {
                return false;
            }
            Matcher length = LENGTH.matcher(text).region(0, head + 2);
            return length.find() && text.length() >= head + END_OF_HEAD.length() + Integer.parseInt(length.group(1));
        }

        boolean isCreated() {
            return text.startsWith("HTTP/1.1 201");
        }

        String text() {
            return text;
        }

        void clear() {
            text = "";
        }
    }
}

package dev.fanfare.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Messages to one channel, with one receiver that only says how many it has got.
public final class OneReceiver implements AutoCloseable {

    private static final long TICK_MICROS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Transport transport = new Transport();
    private final EventLoop loop = transport.group().next();
    private final MicroClock clock = new MicroClock();
    private final Payload payload;
    private final Publisher publisher;
    private final AtomicLong waiting = new AtomicLong();
    private long sequence;
    private @Nullable Run run;

    /// @param kind through Redis
    public OneReceiver(PublisherKind kind, String channel, int bytes) {
        payload = new Payload(bytes);
        Template[] templates = {kind.templatesFor(payload).apply(channel)};
        publisher = new WirePublisher(transport, kind.port(), "", templates);
    }

    /// Lets a bare connection to Redis be the receiver; returns when it is subscribed.
    public void receiveFrom(int redisPort, String pubSubName) {
        var receiver = new BareReceiver(pubSubName);
        transport.bootstrap().handler(receiver).connect("127.0.0.1", redisPort).syncUninterruptibly();
        receiver.subscribed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// How many messages `bytes` hold, each of them whole: each has one mark.
    public static int messagesIn(ByteBuf bytes) {
        int marks = 0;
        int at = bytes.indexOf(bytes.readerIndex(), bytes.writerIndex(), Payload.MARK);
        while (at >= 0) {
            marks++;
            at = bytes.indexOf(at + 1, bytes.writerIndex(), Payload.MARK);
        }
        return marks;
    }

    /// The receiver has got `messages`. Any thread.
    public void received(int messages) {
        if (waiting.getAndAdd(messages) == 0) {
            loop.execute(this::take);
        }
    }

    private void take() {
        long got = waiting.getAndSet(0);
        Run running = run;
        if (running != null) {
            long nowMicros = clock.now();
            for (long i = 0; i < got; i++) {
                running.onMessage(true, nowMicros, nowMicros);
            }
            running.pump(nowMicros);
        }
    }

    /// Publishes with `window` messages on the way and measures; latency is not.
    public Outcome run(int window, Duration time, Supplier<Duration> serverCpu, Supplier<Duration> loadCpu) {
        Run started = CompletableFuture.supplyAsync(() -> begin(window, time, serverCpu, loadCpu), loop)
                .join();
        return started.outcome()
                .orTimeout(time.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private Run begin(int window, Duration time, Supplier<Duration> serverCpu, Supplier<Duration> loadCpu) {
        var started = new Run(new Rate.Window(window), time, clock.now(), 1, new Next(), serverCpu, loadCpu);
        run = started;
        tick(started);
        return started;
    }

    private void tick(Run running) {
        running.pump(clock.now());
        if (!running.outcome().isDone()) {
            var _ = loop.schedule(() -> tick(running), TICK_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    private final class Next implements Run.Outlet {

        @Override
        public int publish(long sentMicros) {
            sequence++;
            publisher.publish(0, payload.stamp(sequence, sentMicros), sequence);
            return 1;
        }

        @Override
        public void flush() {
            publisher.flush();
        }
    }

    /// Counts messages.
    private final class BareReceiver extends ChannelInboundHandlerAdapter {

        private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
        private final String pubSubName;

        BareReceiver(String pubSubName) {
            this.pubSubName = pubSubName;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            String command = "*2\r\n$9\r\nSUBSCRIBE\r\n$" + pubSubName.length() + "\r\n" + pubSubName + "\r\n";
            var _ = context.writeAndFlush(Unpooled.copiedBuffer(command, ISO_8859_1), context.voidPromise());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            int messages = messagesIn(bytes);
            bytes.release();
            subscribed.complete(null);
            received(messages);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            subscribed.completeExceptionally(cause);
        }
    }

    @Override
    public void close() {
        publisher.close();
        transport.close();
    }
}

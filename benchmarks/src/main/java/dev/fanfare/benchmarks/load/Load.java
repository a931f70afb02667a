package dev.fanfare.benchmarks.load;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Subscribers at a server, a publisher beside it, and the runs that are measured with them.
///
/// [#open] returns when every subscriber has got a message and all have got the newest one; each of the
/// [#run] methods returns when the run is over. To be used by one thread.
public final class Load implements AutoCloseable {

    /*
     * One event loop
     * --------------
     * All connections, the publisher and the clock of a run share one event loop, so nothing is locked,
     * and the load generator never needs more than one core. The price: while it reads, it cannot
     * publish. In a closed loop that is without effect, because the next message waits for what is read;
     * in an open loop the message is late, which its latency says, as it counts from the moment at which
     * it should have been sent.
     */

    /// Connections from one source address: fewer than the ephemeral ports of an address, 28,232.
    private static final int PER_ADDRESS = 20_000;

    /// Handshakes on the way at a time: fewer than the shortest usual backlog, 128.
    private static final int HANDSHAKES = 64;

    private static final Duration OPEN_WITHIN = Duration.ofMinutes(2);
    private static final Duration PROBE_EVERY = Duration.ofMillis(500);
    private static final long TICK_MICROS = 2_000;
    private static final int HTTP_CONNECTIONS = 16;
    private static final int SCRATCH = 64 * 1024;
    private static final String CHANNEL = "bench.";

    private final Shape shape;
    private final Target target;
    private final Transport transport = new Transport();
    private final EventLoop loop = transport.group().next();
    private final MicroClock clock = new MicroClock();
    private final Payload payload;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final int[] subscribersOf;
    private final long[] sequences;
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private Publisher publisher = new Nobody();
    private int nextChannel;
    private @Nullable Run run;
    private long readMicros;

    private Load(Shape shape, Target target) {
        this.shape = shape;
        this.target = target;
        this.payload = new Payload(shape.bytes());
        this.subscribersOf = new int[shape.channels()];
        this.sequences = new long[shape.channels()];
    }

    /// Connects and subscribes.
    ///
    /// @throws IllegalStateException if not everybody gets what is published within two minutes
    public static Load open(Shape shape, Target target) {
        var load = new Load(shape, target);
        try {
            load.connectAll();
            load.openPublisher();
            load.awaitSubscribed();
            return load;
        } catch (RuntimeException e) {
            load.close();
            throw e;
        }
    }

    /// What the connections of all loads use: epoll or NIO.
    public static String transportName() {
        try (var transport = new Transport()) {
            return transport.name();
        }
    }

    /// The name of channel `channel`, from 0.
    public static String channelName(int channel) {
        return CHANNEL + channel;
    }

    private void connectAll() {
        byte[] scratch = new byte[SCRATCH];
        var audience = new Ears();
        for (int i = 0; i < shape.connections(); i++) {
            int channel = i % shape.channels();
            subscribersOf[channel]++;
            subscribers.add(new Subscriber(
                    i, channel, channelName(channel), target.dialect(), payload.filler(), scratch, audience));
        }
        for (int from = 0; from < shape.connections(); from += HANDSHAKES) {
            List<Subscriber> batch = subscribers.subList(from, Math.min(from + HANDSHAKES, shape.connections()));
            for (int i = 0; i < batch.size(); i++) {
                connect(batch.get(i), from + i);
            }
            batch.forEach(subscriber -> await(subscriber.opened(), "a connection to open"));
        }
    }

    private void connect(Subscriber subscriber, int number) {
        var local = new InetSocketAddress("127.0.0." + (1 + number / PER_ADDRESS), 0);
        var remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port());
        var _ = transport.bootstrap().handler(subscriber).connect(remote, local).addListener(connected -> {
            if (!connected.isSuccess()) {
                subscriber.opened().completeExceptionally(connected.cause());
            }
        });
    }

    private void openPublisher() {
        Function<String, Template> templateOf = target.publisher().templatesFor(payload);
        Template[] templates = IntStream.range(0, shape.channels())
                .mapToObj(channel -> templateOf.apply(channelName(channel)))
                .toArray(Template[]::new);
        int port = target.publisher().port();
        publisher = switch (target.publisher()) {
            case PublisherKind.Http _ -> new HttpPublisher(transport, port, HTTP_CONNECTIONS, templates);
            case PublisherKind.Nats _ ->
                new WirePublisher(transport, port, "CONNECT {\"verbose\":false,\"pedantic\":false}\r\n", templates);
            case PublisherKind.Script _, PublisherKind.Plain _, PublisherKind.SocketIo _ ->
                new WirePublisher(transport, port, "", templates);
        };
        var _ = publisher.failure().whenComplete((_, cause) -> onFailure(cause));
    }

    /// Publishes to channels whose subscribers do not have the newest message, until all have it.
    private void awaitSubscribed() {
        long giveUpAt = System.nanoTime() + OPEN_WITHIN.toNanos();
        while (!onLoop(this::probe)) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("not every subscriber gets what is published");
            }
            awaitProbe(System.nanoTime() + PROBE_EVERY.toNanos());
        }
    }

    /// Returns whether all have the newest message of their channel, and there is one.
    private boolean probe() {
        boolean[] isBehind = new boolean[shape.channels()];
        boolean areAllThere = true;
        for (Subscriber subscriber : subscribers) {
            long newest = sequences[subscriber.channel()];
            if (newest == 0 || subscriber.tally().newest() < newest) {
                isBehind[subscriber.channel()] = true;
                areAllThere = false;
            }
        }
        for (int channel = 0; channel < isBehind.length; channel++) {
            if (isBehind[channel]) {
                publishTo(channel, clock.now());
            }
        }
        publisher.flush();
        return areAllThere;
    }

    private void awaitProbe(long untilNanos) {
        while (System.nanoTime() < untilNanos && !onLoop(this::haveAllTheNewest)) {
            await(new CompletableFuture<Void>().completeOnTimeout(null, 10, TimeUnit.MILLISECONDS), "a pause");
        }
    }

    private boolean haveAllTheNewest() {
        return subscribers.stream()
                .allMatch(subscriber -> subscriber.tally().newest() == sequences[subscriber.channel()]);
    }

    /// Publishes at `rate` for `time` and measures.
    ///
    /// @param serverCpu tells the processor time that the server has taken so far
    /// @param loadCpu the same of this process
    public Outcome run(Rate rate, Duration time, Supplier<Duration> serverCpu, Supplier<Duration> loadCpu) {
        CompletableFuture<Outcome> outcome = onLoop(() -> {
            double each = (double) shape.connections() / shape.channels();
            var started = new Run(rate, time, clock.now(), each, new NextChannel(), serverCpu, loadCpu);
            run = started;
            tick(started);
            return started.outcome();
        });
        var _ = failure.exceptionally(cause -> {
            outcome.completeExceptionally(cause);
            return null;
        });
        return await(outcome, time.plus(OPEN_WITHIN), "the run to end");
    }

    private void tick(Run running) {
        try {
            running.pump(clock.now());
        } catch (RuntimeException e) {
            running.fail(e);
        }
        if (!running.outcome().isDone()) {
            long delay = Math.max(0, running.nextMicros(clock.now(), TICK_MICROS) - clock.now());
            var _ = loop.schedule(() -> tick(running), delay, TimeUnit.MICROSECONDS);
        }
    }

    private final class NextChannel implements Run.Outlet {

        @Override
        public int publish(long sentMicros) {
            int channel = nextChannel;
            nextChannel = (nextChannel + 1) % shape.channels();
            publishTo(channel, sentMicros);
            return subscribersOf[channel];
        }

        @Override
        public void flush() {
            publisher.flush();
        }
    }

    private void publishTo(int channel, long sentMicros) {
        long sequence = ++sequences[channel];
        publisher.publish(channel, payload.stamp(sequence, sentMicros), sequence);
    }

    private final class Ears implements Subscriber.Audience {

        @Override
        public void onMessage(Subscriber subscriber, boolean isNew, long sentMicros) {
            Run running = run;
            if (running != null) {
                if (readMicros == 0) {
                    readMicros = clock.now();
                }
                running.onMessage(isNew, sentMicros, readMicros);
            }
        }

        @Override
        public void onReadComplete() {
            Run running = run;
            if (running != null && readMicros != 0) {
                running.pump(readMicros);
            }
            readMicros = 0;
        }

        @Override
        public void onLost(Subscriber subscriber, Throwable cause) {
            onFailure(cause);
        }
    }

    private void onFailure(@Nullable Throwable cause) {
        if (cause != null) {
            failure.completeExceptionally(cause);
        }
    }

    private <T> T onLoop(Supplier<T> task) {
        if (failure.isCompletedExceptionally()) {
            failure.join();
        }
        return await(CompletableFuture.supplyAsync(task, loop), "the load's own thread");
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        return await(future, OPEN_WITHIN, what);
    }

    private static <T> T await(CompletableFuture<T> future, Duration within, String what) {
        try {
            return future.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("waited for " + within.toSeconds() + " s for " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }

    /// Hangs up everywhere.
    @Override
    public void close() {
        publisher.close();
        loop.submit(() -> subscribers.forEach(Subscriber::close)).awaitUninterruptibly();
        transport.close();
    }

    /// Before the first publisher.
    private static final class Nobody implements Publisher {

        @Override
        public void publish(int channel, byte[] payload, long sequence) {}

        @Override
        public void flush() {}

        @Override
        public CompletableFuture<Void> failure() {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }
}

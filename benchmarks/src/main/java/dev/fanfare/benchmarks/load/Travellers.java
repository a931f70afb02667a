package dev.fanfare.benchmarks.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Clients that move from gateway to gateway while messages go on at a fixed rate, and what happens to them.
///
/// All connections, the publisher and the clock share one event loop. To be used by one thread.
public final class Travellers implements AutoCloseable {

    /// How many connect per second at first: half of what a gateway takes.
    private static final int OPENED_PER_SECOND = 500;

    /// An address has 28,232 ports, and each is kept for a minute after its connection.
    private static final int ADDRESSES = 8;

    private static final int BYTES = 128;
    private static final long TICK_MICROS = 2_000;
    private static final Duration OPEN_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final int port;
    private final Transport transport = new Transport();
    private final EventLoop loop = transport.group().next();
    private final MicroClock clock = new MicroClock();
    private final Payload payload = new Payload(BYTES);
    private final Publisher publisher;
    private final long[] sequences;
    private final int[] clientsOf;
    private final List<Traveller> travellers = new ArrayList<>();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private Account account = new Account();
    private int nextAddress;
    private int nextChannel;
    private int subscribed;
    private boolean isPublishing;

    /// @param clients how many, in turns at each channel
    /// @param publisher of messages to gateways of ours
    /// @param port where clients connect, on the loopback interface
    public Travellers(int clients, int channels, PublisherKind publisher, int port) {
        this.port = port;
        this.sequences = new long[channels];
        this.clientsOf = new int[channels];
        Function<String, Template> templateOf = publisher.templatesFor(payload);
        Template[] templates = IntStream.range(0, channels)
                .mapToObj(channel -> templateOf.apply(Load.channelName(channel)))
                .toArray(Template[]::new);
        this.publisher = new WirePublisher(transport, publisher.port(), "", templates);
        var _ = this.publisher.failure().exceptionally(cause -> {
            failure.completeExceptionally(cause);
            return null;
        });
        for (int i = 0; i < clients; i++) {
            clientsOf[i % channels]++;
            travellers.add(new Traveller(Load.channelName(i % channels), port, new Watch()));
        }
    }

    /// What is counted since [#begin].
    private final class Account {
        private final long beganMicros = clock.now();
        private final Latencies latencies = new Latencies();
        private final List<Long> arrivals = new ArrayList<>();
        private long delivered;
        private long lostBefore =
                travellers.stream().mapToLong(each -> each.sightings().lost()).sum();
        private long repeatedBefore = travellers.stream()
                .mapToLong(each -> each.sightings().repeated())
                .sum();
        private long told;
        private long asked;
        private long cut;
        private long refused;
    }

    private final class Watch implements Traveller.Host {

        @Override
        public void connect(ChannelInitializer<Channel> pipeline, Runnable onFailure) {
            var local = new InetSocketAddress("127.0.0." + (1 + nextAddress++ % ADDRESSES), 0);
            var remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var _ = transport
                    .bootstrap()
                    .handler(pipeline)
                    .connect(remote, local)
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            onFailure.run();
                        }
                    });
        }

        @Override
        public void later(Runnable task, long millis) {
            var _ = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        }

        @Override
        public void onMessage(long sentMicros) {
            account.delivered++;
            account.latencies.record(sentMicros, clock.now());
        }

        @Override
        public void onSubscribed() {
            subscribed++;
        }

        @Override
        public void onAsked() {
            account.asked++;
        }

        @Override
        public void onArrival() {
            account.arrivals.add(clock.now());
        }

        @Override
        public void onCut() {
            account.cut++;
        }

        @Override
        public void onRefused() {
            account.refused++;
        }

        @Override
        public void onTold() {
            account.told++;
        }
    }

    /// Connects everybody, and returns when all are subscribed.
    ///
    /// @throws IllegalStateException if that takes more than two minutes
    public void open() {
        for (int i = 0; i < travellers.size(); i++) {
            var _ = loop.schedule(
                    travellers.get(i)::connect, i * 1_000_000L / OPENED_PER_SECOND, TimeUnit.MICROSECONDS);
        }
        await(() -> subscribed >= travellers.size(), OPEN_WITHIN, "everybody to be subscribed");
    }

    /// Publishes `perSecond` messages to all channels together, in turns, until [#finish].
    public void publish(double perSecond) {
        onLoop(() -> {
            isPublishing = true;
            tick(new Pace(clock.now(), perSecond), 0);
            return null;
        });
    }

    private void tick(Pace pace, long published) {
        if (!isPublishing) {
            return;
        }
        long due = pace.due(clock.now());
        for (long number = published; number < due; number++) {
            int channel = nextChannel;
            nextChannel = (nextChannel + 1) % sequences.length;
            long sequence = ++sequences[channel];
            publisher.publish(channel, payload.stamp(sequence, pace.dueMicros(number)), sequence);
        }
        publisher.flush();
        var _ = loop.schedule(() -> tick(pace, due), TICK_MICROS, TimeUnit.MICROSECONDS);
    }

    /// Begins to count anew.
    public void begin() {
        onLoop(() -> {
            account = new Account();
            return null;
        });
    }

    /// What has happened since [#begin].
    public Journey soFar() {
        return onLoop(() -> {
            long lost = travellers.stream()
                    .mapToLong(each -> each.sightings().lost())
                    .sum();
            long repeated = travellers.stream()
                    .mapToLong(each -> each.sightings().repeated())
                    .sum();
            return new Journey(
                    (clock.now() - account.beganMicros) / 1e6,
                    account.delivered,
                    lost - account.lostBefore,
                    repeated - account.repeatedBefore,
                    account.told,
                    account.asked,
                    account.cut,
                    account.refused,
                    account.arrivals,
                    account.latencies.percentiles());
        });
    }

    /// Clients that are connected and subscribed.
    public int connected() {
        return onLoop(
                () -> (int) travellers.stream().filter(Traveller::isConnected).count());
    }

    /// Publishes no more; returns when everybody has the newest message of its channel.
    ///
    /// @throws IllegalStateException if that takes longer than `patience`: something was lost
    public void finish(Duration patience) {
        onLoop(() -> isPublishing = false);
        await(this::haveAllTheNewest, patience, "everybody to have the newest message");
    }

    private boolean haveAllTheNewest() {
        return IntStream.range(0, travellers.size())
                .allMatch(i -> travellers.get(i).sightings().newest() == sequences[i % sequences.length]);
    }

    /// Returns when `condition`, which is looked at on the event loop, holds.
    private void await(BooleanSupplier condition, Duration patience, String what) {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        while (!onLoop(condition::getAsBoolean)) {
            if (System.nanoTime() > giveUpAt) {
                throw new IllegalStateException("waited " + patience.toSeconds() + " s in vain for " + what);
            }
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    private <T> T onLoop(Supplier<T> task) {
        if (failure.isCompletedExceptionally()) {
            failure.join();
        }
        return CompletableFuture.supplyAsync(task, loop).join();
    }

    @Override
    public void close() {
        var _ = CompletableFuture.runAsync(() -> travellers.forEach(Traveller::close), loop)
                .orTimeout(OPEN_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .join();
        publisher.close();
        transport.close();
    }
}

package dev.fanfare.benchmarks.load;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Clients that connect at a fixed rate, subscribe, get one message, and go: half of them with a closing
/// handshake, half without a word.
///
/// A message is published when the subscription is acknowledged, so a visit that gets none has found a
/// fault. Everything runs on one event loop.
public final class Visits implements AutoCloseable {

    /// Channels that are used in turn: more than visits that are under way at a time.
    public static final int CHANNELS = 10_000;

    /// Every channel's name begins so.
    public static final String PREFIX = "visit.";

    /// An address has 28,232 ports, and each is kept for a minute after the visit.
    private static final int ADDRESSES = 32;

    private static final int BYTES = 64;
    private static final int SCRATCH = 64 * 1024;
    private static final long GIVE_UP_MICROS = TimeUnit.SECONDS.toMicros(20);
    private static final long TICK_MICROS = 1_000;

    private final int port;
    private final Dialect dialect;
    private final Transport transport = new Transport();
    private final EventLoop loop = transport.group().next();
    private final MicroClock clock = new MicroClock();
    private final Payload payload = new Payload(BYTES);
    private final byte[] scratch = new byte[SCRATCH];
    private final long[] sequences = new long[CHANNELS];
    private final Publisher publisher;
    private final Latencies latencies = new Latencies();
    private final Map<Subscriber, Long> underWay = new HashMap<>();
    private final Map<String, Long> faults = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private long started;
    private long done;

    /// What has happened so far. `latency` is from the moment at which a client should have come to its
    /// message; `faults` are numbers by cause.
    public record State(long started, long done, int underWay, Percentiles latency, Map<String, Long> faults) {

        /// Visits that got no message.
        public long failed() {
            return faults.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// @param target a gateway of ours
    public Visits(Target target) {
        this.port = target.port();
        this.dialect = new Acknowledged(target.dialect());
        Function<String, Template> templateOf = target.publisher().templatesFor(payload);
        Template[] templates = IntStream.range(0, CHANNELS)
                .mapToObj(channel -> templateOf.apply(PREFIX + channel))
                .toArray(Template[]::new);
        publisher = new WirePublisher(transport, target.publisher().port(), "", templates);
        var _ = publisher.failure().whenComplete((_, cause) -> fail("publisher: " + cause));
    }

    /// Asks for an acknowledgement of the subscription.
    private record Acknowledged(Dialect dialect) implements Dialect {

        @Override
        public String path(String channel) {
            return dialect.path(channel);
        }

        @Override
        public String opening(String channel) {
            return "{\"action\":\"subscribe\",\"channel\":\"" + channel + "\",\"id\":1}";
        }
    }

    /// Lets clients come for `time`; completes when the last of them has gone or has been given up.
    public CompletableFuture<Void> start(double perSecond, Duration time) {
        loop.execute(() -> {
            var pace = new Pace(clock.now(), perSecond);
            tick(pace, clock.now() + TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
        });
        return ended;
    }

    private void tick(Pace pace, long endMicros) {
        long nowMicros = clock.now();
        long due = pace.due(Math.min(nowMicros, endMicros));
        while (started < due) {
            visit(pace.dueMicros(started));
        }
        underWay.entrySet().removeIf(visit -> hasGivenUp(visit.getKey(), visit.getValue(), nowMicros));
        if (nowMicros >= endMicros && underWay.isEmpty()) {
            ended.complete(null);
        } else {
            var _ = loop.schedule(() -> tick(pace, endMicros), TICK_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    private boolean hasGivenUp(Subscriber client, long sinceMicros, long nowMicros) {
        if (nowMicros - sinceMicros < GIVE_UP_MICROS) {
            return false;
        }
        fail("no message within 20 s");
        client.close();
        return true;
    }

    private void visit(long dueMicros) {
        int channel = (int) (started % CHANNELS);
        var client = new Subscriber(
                (int) started, channel, PREFIX + channel, dialect, payload.filler(), scratch, new Host());
        underWay.put(client, dueMicros);
        var local = new InetSocketAddress("127.0.0." + (1 + started % ADDRESSES), 0);
        var remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        started++;
        var _ = transport.bootstrap().handler(client).connect(remote, local).addListener(connected -> {
            if (!connected.isSuccess() && underWay.remove(client) != null) {
                fail("cannot connect: " + connected.cause().getMessage());
            }
        });
    }

    private final class Host implements Subscriber.Audience {

        @Override
        public void onOther(Subscriber client, int first) {
            Long due = underWay.get(client);
            if (due != null) {
                long sequence = ++sequences[client.channel()];
                publisher.publish(client.channel(), payload.stamp(sequence, due), sequence);
                publisher.flush();
            }
        }

        @Override
        public void onMessage(Subscriber client, boolean isNew, long sentMicros) {
            Long due = underWay.remove(client);
            if (due != null) {
                latencies.record(due, clock.now());
                if (done++ % 2 == 0) {
                    client.sayGoodbye();
                } else {
                    client.close();
                }
            }
        }

        @Override
        public void onReadComplete() {}

        @Override
        public void onLost(Subscriber client, Throwable cause) {
            if (underWay.remove(client) != null) {
                fail(String.valueOf(cause.getMessage()).replaceAll("connection \\d+", "a connection"));
            }
        }
    }

    private void fail(String cause) {
        faults.merge(cause, 1L, Long::sum);
    }

    /// What has happened so far.
    public State state() {
        return CompletableFuture.supplyAsync(
                        () -> new State(started, done, underWay.size(), latencies.percentiles(), Map.copyOf(faults)),
                        loop)
                .join();
    }

    @Override
    public void close() {
        publisher.close();
        transport.close();
    }
}

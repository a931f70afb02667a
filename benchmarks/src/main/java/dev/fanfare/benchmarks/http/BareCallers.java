package dev.fanfare.benchmarks.http;

import dev.fanfare.benchmarks.load.Latencies;
import dev.fanfare.benchmarks.load.Percentiles;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.testkit.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// The process of [BareSide]. Says `ready`, then for each number of milliseconds that it reads publishes for so long
/// to the Redis of `REDIS_URL` and prints: publishes, nanoseconds, and p50, p99, p99.9 and maximum in milliseconds.
public final class BareCallers {

    /// As the service's default.
    static final int HISTORY = 100;

    private static final Clock CLOCK = Clock.systemUTC();

    private final PublisherOnRedis redis;
    private final RawJson data;
    private final int callers;
    private final AtomicLong ids = new AtomicLong(System.nanoTime());

    private BareCallers(PublisherOnRedis redis, RawJson data, int callers) {
        this.redis = redis;
        this.data = data;
        this.callers = callers;
    }

    /// Publishes until its standard input ends.
    ///
    /// @param arguments callers, and the data of each message
    public static void main(String[] arguments) throws IOException {
        int callers = Integer.parseInt(arguments[0]);
        try (var redis = new PublisherOnRedis(RedisServer.shared().start(), HISTORY, callers);
                var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var bare = new BareCallers(redis, RawJson.parse(arguments[1].getBytes(StandardCharsets.UTF_8)), callers);
            System.out.println("ready");
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(bare.publish(Duration.ofMillis(Long.parseLong(line))));
            }
        }
    }

    private String publish(Duration time) {
        long startedAt = System.nanoTime();
        long endNanos = startedAt + time.toNanos();
        var latencies = new Latencies();
        long published;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Long>> all = IntStream.range(0, callers)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> publishUntil(endNanos, latencies), threads))
                    .toList();
            published = all.stream().mapToLong(CompletableFuture::join).sum();
        }
        long elapsed = System.nanoTime() - startedAt;
        Percentiles percentiles = latencies.percentiles();
        return String.format(
                Locale.ROOT,
                "%d %d %.3f %.3f %.3f %.3f",
                published,
                elapsed,
                percentiles.p50(),
                percentiles.p99(),
                percentiles.p999(),
                percentiles.max());
    }

    /// At least one, however long it took to begin.
    private long publishUntil(long endNanos, Latencies latencies) {
        long published = 0;
        long sentAt = System.nanoTime();
        do {
            String id = Long.toString(ids.getAndIncrement(), Character.MAX_RADIX);
            redis.publisher()
                    .publish(new Message(ServedSide.CHANNEL, id, data, null, null, CLOCK.instant()))
                    .join();
            long now = System.nanoTime();
            synchronized (latencies) {
                latencies.record(sentAt / 1000, now / 1000);
            }
            published++;
            sentAt = now;
        } while (sentAt < endNanos);
        return published;
    }
}

package dev.fanfare.benchmarks.stalled;

import dev.fanfare.benchmarks.harness.Pause;
import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.testkit.RawWebSocket;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Clients that subscribe and never read. Each hangs up after some seconds and comes again, so that there are
/// always as many, however many the server closes.
final class StalledClients implements AutoCloseable {

    private static final Duration STAY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SMALL_WINDOW = 8 * 1024;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger visits = new AtomicInteger();
    private final URI uri;
    private final String subscribe;
    private volatile boolean isOver;

    StalledClients(Target target, String channel, int count) {
        uri = URI.create("http://127.0.0.1:" + target.port() + target.dialect().path(channel));
        subscribe = Objects.requireNonNull(target.dialect().opening(channel), "the gateway wants a request");
        for (int i = 0; i < count; i++) {
            // Spread over the stay, or all would come and go at once.
            Duration first = STAY.multipliedBy(i + 1L).dividedBy(count);
            var _ = threads.submit(() -> visit(first));
        }
    }

    private void visit(Duration first) {
        Duration stay = first;
        while (!isOver) {
            try (var client = new RawWebSocket(uri, SMALL_WINDOW, PATIENCE)) {
                client.sendText(subscribe);
                visits.incrementAndGet();
                Pause.of(stay);
            } catch (UncheckedIOException refused) {
                Pause.of(Duration.ofMillis(100));
            }
            stay = STAY;
        }
    }

    /// How often one of them has come.
    int visits() {
        return visits.get();
    }

    @Override
    public void close() {
        isOver = true;
        threads.close();
    }
}

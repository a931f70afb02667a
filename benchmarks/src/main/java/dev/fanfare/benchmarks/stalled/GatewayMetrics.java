package dev.fanfare.benchmarks.stalled;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.benchmarks.harness.Pause;
import dev.fanfare.testkit.MetricsPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/// What the gateway says of itself.
final class GatewayMetrics {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final URI page;

    GatewayMetrics(int port) {
        page = URI.create("http://127.0.0.1:" + port + "/q/metrics");
    }

    /// Bytes that wait for all clients, as counted last, at most a second ago.
    long waitingBytes() {
        return Math.round(sum("fanfare_gateway_loop_queued_bytes"));
    }

    /// Connections that it has closed so far.
    long closed() {
        return Math.round(sum("fanfare_gateway_connections_closed_by_us_total"));
    }

    /// Waits until it has no more than `most` connections; fails after 15 s, in which it cuts whoever does not answer.
    void awaitConnections(int most) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (sum("fanfare_gateway_connections") > most) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the gateway does not let go of clients that have hung up");
            }
            Pause.of(LOOK_AGAIN);
        }
    }

    private double sum(String name) {
        try (InputStream body = page.toURL().openStream()) {
            return new MetricsPage(new String(body.readAllBytes(), UTF_8))
                    .sum(name)
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("no metrics at " + page, e);
        }
    }
}

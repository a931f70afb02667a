package dev.fanfare.benchmarks.stalled;

import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.testkit.RawWebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Clients that subscribe and never read.
final class StalledClients implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SMALL_WINDOW = 8 * 1024;

    private final List<RawWebSocket> clients = new ArrayList<>();

    StalledClients(Target target, String channel, int count) {
        var uri = URI.create(
                "http://127.0.0.1:" + target.port() + target.dialect().path(channel));
        String subscribe = Objects.requireNonNull(target.dialect().opening(channel), "the gateway wants a request");
        for (int i = 0; i < count; i++) {
            var client = new RawWebSocket(uri, SMALL_WINDOW, PATIENCE);
            clients.add(client);
            client.sendText(subscribe);
        }
    }

    /// Hangs up.
    @Override
    public void close() {
        clients.forEach(RawWebSocket::close);
    }
}

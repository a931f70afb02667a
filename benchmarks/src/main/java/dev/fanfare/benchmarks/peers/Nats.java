package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.load.Dialect;
import dev.fanfare.benchmarks.load.PublisherKind;
import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.testkit.FreePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The NATS server: subscribers over WebSocket, the publisher over its text protocol.
final class Nats implements Peer.Recipe, Dialect {

    private static final Path PROGRAM = Cache.debian("usr/sbin/nats-server");

    private static final String CONFIGURATION = """
            listen: "127.0.0.1:TEXT_PORT"
            websocket { listen: "127.0.0.1:WEB_PORT", no_tls: true }
            """;

    /// Of the publisher; chosen when the server is started.
    private int textPort;

    @Override
    public Optional<String> absence() {
        return Cache.absence("nats-server", PROGRAM);
    }

    @Override
    public Launch launch(int port, PublisherOnRedis redis) {
        textPort = FreePorts.next();
        String text =
                CONFIGURATION.replace("TEXT_PORT", String.valueOf(textPort)).replace("WEB_PORT", String.valueOf(port));
        Path file = Cache.configuration("nats.conf", text);
        return new Launch(List.of(PROGRAM.toString(), "-c", file.toString()), Map.of(), null);
    }

    @Override
    public Target target(int port, PublisherOnRedis redis) {
        return new Target(port, this, new PublisherKind.Nats(textPort));
    }

    @Override
    public String path(String channel) {
        return "/";
    }

    @Override
    public String opening(String channel) {
        return "CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB " + channel + " 1\r\n";
    }

    @Override
    public @Nullable String answer(int first, int second, String channel) {
        return first == 'P' && second == 'I' ? "PONG\r\n" : null;
    }

    @Override
    public boolean isBinary() {
        return true;
    }
}

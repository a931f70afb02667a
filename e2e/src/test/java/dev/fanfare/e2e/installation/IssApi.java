package dev.fanfare.e2e.installation;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A local stand-in for the public API that tells where the station is.
///
/// Each answer carries a `serial` that the real one does not have, so that a test can tell which answers
/// came through, and how often. It can be made to answer 503 for a while.
public final class IssApi implements AfterAllCallback {

    private final HttpServer server;
    private final AtomicInteger served = new AtomicInteger();
    private volatile boolean away;

    private IssApi(HttpServer server) {
        this.server = server;
    }

    /// Starts it on a free local port.
    public static IssApi start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var api = new IssApi(server);
            server.createContext("/iss-now.json", api::answer);
            server.start();
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/iss-now.json");
    }

    /// Refuses from now on, or answers again.
    public void setAway(boolean isAway) {
        away = isAway;
    }

    /// Number of positions that it has given.
    public int served() {
        return served.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            int serial = served.incrementAndGet();
            byte[] body = """
                    {"message": "success", "timestamp": %d, "serial": %d, \
                    "iss_position": {"latitude": "%.4f", "longitude": "%.4f"}}""".formatted(
                            Instant.now().getEpochSecond(), serial, serial % 50 + 0.1234, serial % 180 - 0.5)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop(0);
    }
}

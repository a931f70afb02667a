package dev.fanfare.benchmarks.builds;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/// A source for telemetry-ingest: always the same position, counted.
final class Position implements AutoCloseable {

    private static final byte[] BODY =
            "{\"iss_position\":{\"latitude\":\"12.5\",\"longitude\":\"-42.0\"},\"message\":\"success\",\"timestamp\":1795521091}"
                    .getBytes(UTF_8);

    private final AtomicInteger times = new AtomicInteger();
    private final HttpServer server;

    Position() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        times.incrementAndGet();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, BODY.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(BODY);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/iss-now.json");
    }

    /// How often it was asked until now.
    int times() {
        return times.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

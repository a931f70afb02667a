package dev.fanfare.telemetry.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A source on this machine that answers as a test tells it to. A real HTTP server on a free port.
public final class StubServer implements AutoCloseable {

    /// Answers one request.
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicLong bytesTaken = new AtomicLong();
    private volatile Answer answer = json(200, "{}");

    public StubServer() {
        this(0);
    }

    public StubServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try (exchange) {
            answer.to(exchange);
        } finally {
            underWay.decrementAndGet();
        }
    }

    public StubServer answering(Answer newAnswer) {
        answer = newAnswer;
        return this;
    }

    /// `body` with `status`.
    public static Answer json(int status, String body) {
        return exchange -> send(exchange, status, body);
    }

    public static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /// Answers nothing until the server closes.
    public Answer silence() {
        return _ -> awaitClosing();
    }

    /// Sends the headers and one byte, and nothing more until the server closes.
    public Answer stuckBody() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitClosing();
        };
    }

    /// Sends a body of `size` bytes without saying how long it is; what was taken is counted.
    public Answer unannounced(long size) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = " ".repeat(8192).getBytes(UTF_8);
            OutputStream body = exchange.getResponseBody();
            for (long sent = 0; sent < size; sent += part.length) {
                body.write(part);
                body.flush();
                bytesTaken.addAndGet(part.length);
            }
        };
    }

    /// Sends a stream of events in so many pieces, and nothing more until the server closes.
    public Answer events(String... pieces) {
        return exchange -> {
            beginEvents(exchange);
            for (String piece : pieces) {
                exchange.getResponseBody().write(piece.getBytes(UTF_8));
                exchange.getResponseBody().flush();
            }
            awaitClosing();
        };
    }

    /// Sends a stream of events and ends it as it should be.
    public static void events(HttpExchange exchange, String text) throws IOException {
        beginEvents(exchange);
        exchange.getResponseBody().write(text.getBytes(UTF_8));
        exchange.getResponseBody().close();
    }

    public static void beginEvents(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream;charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
    }

    /// Sends `part` again and again until the client hangs up; what was taken is counted.
    public void endless(HttpExchange exchange, byte[] part) throws IOException {
        while (closing.getCount() > 0) {
            exchange.getResponseBody().write(part);
            exchange.getResponseBody().flush();
            bytesTaken.addAndGet(part.length);
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/now.json");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public int requests() {
        return requests.get();
    }

    /// Requests that are under way.
    public int underWay() {
        return underWay.get();
    }

    /// Most requests that were under way at one time.
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    public long bytesTaken() {
        return bytesTaken.get();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

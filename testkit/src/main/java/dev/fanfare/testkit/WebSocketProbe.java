package dev.fanfare.testkit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/// A WebSocket client that records what it receives, for tests. Safe for use from several threads.
public final class WebSocketProbe implements AutoCloseable {

    /// How a connection ended: the code and reason of the close frame.
    ///
    /// `code` is 1006 when the connection ended without one.
    public record Closed(int code, String reason) {}

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

    private final HttpClient client;
    private final WebSocket socket;
    private final Recorder recorder;

    private WebSocketProbe(HttpClient client, WebSocket socket, Recorder recorder) {
        this.client = client;
        this.socket = socket;
        this.recorder = recorder;
    }

    /// Opens a connection to `ws://…` or `wss://…`.
    ///
    /// @param subprotocols in the order of preference, none for none
    /// @throws CompletionException if the upgrade is refused; its cause is a
    ///     `java.net.http.WebSocketHandshakeException`, which holds the HTTP answer
    public static WebSocketProbe connect(URI uri, String... subprotocols) {
        return connect(uri, Map.of(), subprotocols);
    }

    /// Opens a connection as [#connect(URI, String...)] does, with further headers of the upgrade.
    public static WebSocketProbe connect(URI uri, Map<String, String> headers, String... subprotocols) {
        return connect(HttpClient.newHttpClient(), uri, headers, subprotocols);
    }

    /// Opens a connection to `wss://…` if `trust` trusts the server.
    public static WebSocketProbe connect(SSLContext trust, URI uri) {
        return connect(HttpClient.newBuilder().sslContext(trust).build(), uri, Map.of());
    }

    private static WebSocketProbe connect(
            HttpClient client, URI uri, Map<String, String> headers, String... subprotocols) {
        var recorder = new Recorder();
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(CONNECT_WITHIN);
        headers.forEach(builder::header);
        if (subprotocols.length > 0) {
            String[] others =
                    List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new);
            builder.subprotocols(subprotocols[0], others);
        }
        try {
            WebSocket socket = builder.buildAsync(uri, recorder).join();
            return new WebSocketProbe(client, socket, recorder);
        } catch (CompletionException e) {
            client.shutdownNow();
            throw e;
        }
    }

    /// The subprotocol that the server chose, or "" for none.
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /// Sends a text frame and waits until it is written.
    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /// Sends a binary frame and waits until it is written.
    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /// The text frames so far, oldest first.
    public List<String> frames() {
        return recorder.frames();
    }

    /// Waits until at least `count` text frames have come since the start.
    ///
    /// @return all frames so far
    /// @throws AssertionError when they have not come in time; it shows those that have
    public List<String> awaitFrames(int count, Duration within) {
        return recorder.awaitFrames(count, within);
    }

    /// Waits until the server has closed the connection.
    ///
    /// @throws AssertionError when it is still open after `within`
    public Closed awaitClosed(Duration within) {
        try {
            return recorder.closed.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still open after " + within + "; frames: " + frames(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    public boolean isOpen() {
        return !recorder.closed.isDone();
    }

    /// Closes with 1000 and gives the connection's threads back.
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                    .orTimeout(1, TimeUnit.SECONDS)
                    .exceptionally(_ -> socket)
                    .join();
        }
        abort();
    }

    /// Drops the connection without a close frame, as a dead phone would.
    public void abort() {
        socket.abort();
        client.shutdownNow();
    }

    /// Collects on the client's thread; readers wait on its monitor.
    private static final class Recorder extends WholeTexts {

        private final List<String> frames = new ArrayList<>();
        private final CompletableFuture<Closed> closed = new CompletableFuture<>();

        synchronized List<String> frames() {
            return List.copyOf(frames);
        }

        synchronized List<String> awaitFrames(int count, Duration within) {
            long deadline = System.nanoTime() + within.toNanos();
            while (frames.size() < count) {
                long remainingMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (remainingMillis <= 0) {
                    throw new AssertionError(
                            "only " + frames.size() + " of " + count + " frames after " + within + ": " + frames);
                }
                try {
                    wait(remainingMillis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted", e);
                }
            }
            return List.copyOf(frames);
        }

        @Override
        protected synchronized void onWhole(String text) {
            frames.add(text);
            notifyAll();
        }

        @Override
        protected void onEnd(int code, String reason) {
            closed.complete(new Closed(code, reason));
        }
    }
}

package dev.fanfare.e2e.chaos;

import dev.fanfare.testkit.WholeTexts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection whose frames are read one by one, to the last one before its end.
final class Wire extends WholeTexts {

    private static final Duration OPEN_WITHIN = Duration.ofSeconds(3);

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private volatile boolean isOver;
    private volatile @Nullable WebSocket socket;

    /// Completes when all is written so far: the client's WebSocket takes one text at a time.
    private CompletableFuture<?> written = CompletableFuture.completedFuture(null);

    private Wire() {}

    /// Opens a connection, or returns null when it cannot be opened in time.
    static @Nullable Wire open(HttpClient http, URI uri) throws InterruptedException {
        var wire = new Wire();
        CompletableFuture<WebSocket> opening =
                http.newWebSocketBuilder().connectTimeout(OPEN_WITHIN).buildAsync(uri, wire);
        try {
            wire.socket = opening.get(OPEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return wire;
        } catch (ExecutionException refused) {
            return null;
        } catch (TimeoutException tooSlow) {
            var _ = opening.thenAccept(WebSocket::abort);
            return null;
        }
    }

    /// Sends a frame, or nothing when the connection has ended. For one thread.
    void send(String text) {
        WebSocket open = socket;
        if (open != null) {
            written = written.thenCompose(_ -> open.sendText(text, true)).exceptionally(_ -> open);
        }
    }

    /// The next frame, or null when none comes within `wait` or the connection has ended.
    @Nullable
    String receive(Duration wait) throws InterruptedException {
        return isOver ? frames.poll() : frames.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Whether it has ended and every frame was read.
    boolean hasEnded() {
        return isOver && frames.isEmpty();
    }

    /// Ends it without a word.
    void abort() {
        isOver = true;
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    protected void onWhole(String text) {
        frames.add(text);
    }

    @Override
    protected void onEnd(int code, String reason) {
        isOver = true;
    }
}

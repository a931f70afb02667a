package dev.fanfare.e2e.installation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.testkit.WholeTexts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A subscriber of one channel that keeps its position and resumes from it, as a client library would.
///
/// It may connect anew while it is connected: from the moment at which it resumes only the new connection counts. Light
/// enough to have a thousand of them over one `HttpClient`. Safe for use from several threads.
public final class ResumingClient {

    /// A message that came, and when, by `System.nanoTime`.
    public record Arrival(long offset, int data, long nanos) {}

    private final HttpClient http;
    private final String channel;
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<JsonNode> events = new ArrayList<>();
    private Consumer<JsonNode> onEvent = _ -> {};
    private @Nullable Receiver current;
    private String epoch = "";
    private long offset;

    /// @param channel whose messages are whole numbers
    public ResumingClient(HttpClient http, String channel) {
        this.http = http;
        this.channel = channel;
    }

    /// One connection of the client, from its opening on.
    ///
    /// @param subscribed the answer to the subscribe
    /// @param closed completes when nothing more can come
    public record Attempt(
            long openedNanos,
            CompletableFuture<JsonNode> subscribed,
            CompletableFuture<Integer> closed,
            WebSocket socket) {

        /// Ends it without a goodbye; nothing more is received.
        public void abort() {
            socket.abort();
        }
    }

    /// Has `listener` hear of everything that is received and is no message; it must not block.
    synchronized void onEvent(Consumer<JsonNode> listener) {
        onEvent = listener;
    }

    /// Connects to `gateway` and subscribes: from now on at first, from its position later.
    public CompletableFuture<Attempt> connect(URI gateway) {
        var receiver = new Receiver();
        return http.newWebSocketBuilder().buildAsync(address(gateway), receiver).thenCompose(socket -> {
            long openedNanos = System.nanoTime();
            return socket.sendText(resume(receiver), true)
                    .thenApply(_ -> new Attempt(openedNanos, receiver.subscribed, receiver.closed, socket));
        });
    }

    private synchronized URI address(URI gateway) {
        return epoch.isEmpty() ? gateway : URI.create(gateway + "?resume=true");
    }

    /// From now on only `receiver` counts; returns what to ask for.
    private synchronized String resume(Receiver receiver) {
        current = receiver;
        String recover = epoch.isEmpty() ? "" : ",\"recover\":{\"epoch\":\"" + epoch + "\",\"offset\":" + offset + "}";
        return "{\"action\":\"subscribe\",\"channel\":\"" + channel + "\",\"id\":1" + recover + "}";
    }

    private synchronized void take(Receiver from, JsonNode frame) {
        if (from != current) {
            return;
        }
        if (frame.has("message")) {
            epoch = frame.path("epoch").asText();
            offset = frame.path("offset").asLong();
            arrivals.add(new Arrival(offset, frame.path("message").asInt(), System.nanoTime()));
        } else {
            events.add(frame);
            onEvent.accept(frame);
        }
    }

    /// The messages of all connections, in the order in which they came.
    public synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /// Everything else that was received.
    public synchronized List<JsonNode> events() {
        return List.copyOf(events);
    }

    /// The data of the newest message, or 0.
    public synchronized int newest() {
        return arrivals.isEmpty() ? 0 : arrivals.getLast().data();
    }

    private final class Receiver extends WholeTexts {

        private final CompletableFuture<JsonNode> subscribed = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        protected void onWhole(String text) {
            JsonNode frame = Frames.parse(text);
            take(this, frame);
            if (frame.path("event").asText().equals("subscribed")) {
                subscribed.complete(frame);
            }
        }

        @Override
        protected void onEnd(int code, String reason) {
            closed.complete(code);
        }
    }
}

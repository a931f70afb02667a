package dev.fanfare.e2e.containers;

import static java.util.concurrent.CompletableFuture.delayedExecutor;

import dev.fanfare.e2e.installation.ResumingClient;
import dev.fanfare.e2e.installation.ResumingClient.Arrival;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client that connects again whenever it is not connected, as a client library would.
final class Connected {

    private static final long AGAIN_AFTER_MILLIS = 100;

    final ResumingClient client;
    private final URI gateway;
    private ResumingClient.@Nullable Attempt current;
    private boolean ended;

    Connected(ResumingClient client, URI gateway) {
        this.client = client;
        this.gateway = gateway;
    }

    synchronized void begin() {
        if (ended) {
            return;
        }
        client.connect(gateway).thenAccept(this::open).exceptionally(_ -> {
            again();
            return null;
        });
    }

    private synchronized void open(ResumingClient.Attempt attempt) {
        current = attempt;
        attempt.closed().thenRun(this::again).exceptionally(_ -> null);
    }

    private void again() {
        delayedExecutor(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS).execute(this::begin);
    }

    synchronized void end() {
        ended = true;
        if (current != null) {
            current.abort();
        }
    }

    /// How often a gateway has said that the subscription is live.
    long subscribed() {
        return client.events().stream()
                .filter(event -> event.path("event").asText().equals("subscribed"))
                .count();
    }

    /// Whether every gateway after the first went on from the client's position, and none told of a loss.
    boolean lostNothing() {
        return client.events().stream()
                .filter(event -> event.path("event").asText().equals("subscribed"))
                .skip(1)
                .allMatch(event -> event.path("recovered").asBoolean());
    }

    List<Integer> received() {
        return client.arrivals().stream().map(Arrival::data).toList();
    }
}

package dev.fanfare.e2e.installation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.ResumingClient.Attempt;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A client that does what the protocol asks of a good one: it goes when it is asked, at its turn, and resumes from its
/// position; whatever fails it tries again, later each time and by chance within that time.
///
/// It connects to the new place before it leaves the old one. Everything is decided on the timer's thread.
public final class MovingClient {

    private static final long FIRST_BACK_OFF_MILLIS = 200;
    private static final long LONGEST_BACK_OFF_MILLIS = 2000;

    /// How often the balancer is asked for another place than the one that has just refused.
    private static final int MOST_DRAWS = 10;

    private final ResumingClient client;
    private final Supplier<URI> balancer;
    private final ScheduledExecutorService timer;
    private final List<Long> movedNanos = new ArrayList<>();
    private @Nullable Attempt current;
    private @Nullable URI tried;
    private int failures;
    private int cuts;

    /// @param channel whose messages are whole numbers
    /// @param balancer names the gateway of the next connection
    /// @param timer with one thread
    public MovingClient(HttpClient http, String channel, Supplier<URI> balancer, ScheduledExecutorService timer) {
        this.client = new ResumingClient(http, channel);
        this.balancer = balancer;
        this.timer = timer;
        client.onEvent(event -> {
            if (event.path("event").asText().equals("reconnect")) {
                connectIn(event.path("afterMs").asLong());
            }
        });
    }

    /// Connects for the first time.
    public void start() {
        connectIn(0);
    }

    private void connectIn(long millis) {
        var _ = timer.schedule(this::connect, millis, TimeUnit.MILLISECONDS);
    }

    private void connect() {
        var _ = client.connect(place()).whenCompleteAsync((attempt, _) -> connected(attempt), timer);
    }

    private URI place() {
        URI place = balancer.get();
        for (int i = 0; failures > 0 && place.equals(tried) && i < MOST_DRAWS; i++) {
            place = balancer.get();
        }
        tried = place;
        return place;
    }

    private void connected(@Nullable Attempt attempt) {
        if (attempt == null) {
            long most = Math.min(LONGEST_BACK_OFF_MILLIS, FIRST_BACK_OFF_MILLIS << Math.min(failures++, 10));
            connectIn(ThreadLocalRandom.current().nextLong(most));
            return;
        }
        failures = 0;
        Attempt before = current;
        current = attempt;
        if (before != null) {
            before.abort();
            synchronized (movedNanos) {
                movedNanos.add(System.nanoTime());
            }
        }
        var _ = attempt.closed().whenCompleteAsync((_, _) -> ended(attempt), timer);
    }

    private void ended(Attempt attempt) {
        if (attempt.equals(current)) {
            current = null;
            cuts++;
            connected(null);
        }
    }

    /// When it moved although it could have stayed, by `System.nanoTime`.
    public List<Long> movedNanos() {
        synchronized (movedNanos) {
            return List.copyOf(movedNanos);
        }
    }

    /// How often its connection ended before it had another one.
    public int cuts() {
        return cuts;
    }

    /// The numbers that came, in their order.
    public List<Integer> received() {
        return client.arrivals().stream().map(ResumingClient.Arrival::data).toList();
    }

    /// The answers to its subscribes.
    public List<JsonNode> subscribed() {
        return client.events().stream()
                .filter(event -> event.path("event").asText().equals("subscribed"))
                .toList();
    }
}

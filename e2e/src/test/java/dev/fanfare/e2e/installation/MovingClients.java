package dev.fanfare.e2e.installation;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Many clients of one channel that know several gateways, and choose among them by chance.
///
/// Nobody tells them which of the gateways are well: who is refused tries another one.
public final class MovingClients implements AutoCloseable {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<URI> gateways = new CopyOnWriteArrayList<>();
    private final List<MovingClient> clients;

    /// @param channel whose messages are whole numbers
    public MovingClients(int count, String channel, List<ServiceProcess> gateways) {
        gateways.forEach(this::mayUse);
        this.clients = Stream.generate(() -> new MovingClient(http, channel, this::any, timer))
                .limit(count)
                .toList();
        clients.forEach(MovingClient::start);
    }

    /// Has whoever connects from now on choose `gateway` too.
    public void mayUse(ServiceProcess gateway) {
        gateways.add(gateway.webSocket("/ws"));
    }

    private URI any() {
        return gateways.get(ThreadLocalRandom.current().nextInt(gateways.size()));
    }

    public List<MovingClient> all() {
        return clients;
    }

    /// Whether each has been answered `times` or more.
    public boolean haveSubscribed(int times) {
        return clients.stream().allMatch(client -> client.subscribed().size() >= times);
    }

    /// Whether each has got `number`.
    public boolean haveGot(int number) {
        return clients.stream()
                .map(MovingClient::received)
                .allMatch(received -> !received.isEmpty() && received.getLast() >= number);
    }

    /// Moves of all of them together.
    public int moves() {
        return movedNanos().length;
    }

    /// The most moves within any second.
    public int mostMovesInASecond() {
        long[] at = movedNanos();
        return IntStream.range(0, at.length)
                .map(from -> (int) IntStream.range(from, at.length)
                        .takeWhile(to -> at[to] - at[from] < SECOND_NANOS)
                        .count())
                .max()
                .orElse(0);
    }

    private long[] movedNanos() {
        return clients.stream()
                .flatMap(client -> client.movedNanos().stream())
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
    }

    /// Ends all connections at once.
    @Override
    public void close() {
        timer.shutdownNow();
        http.shutdownNow();
    }
}

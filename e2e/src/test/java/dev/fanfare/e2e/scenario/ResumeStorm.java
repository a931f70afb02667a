package dev.fanfare.e2e.scenario;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.e2e.installation.Fanfare;
import dev.fanfare.e2e.installation.PublishApi;
import dev.fanfare.e2e.installation.ResumingClient;
import dev.fanfare.e2e.installation.ResumingClient.Arrival;
import dev.fanfare.e2e.installation.ResumingClient.Attempt;
import dev.fanfare.e2e.installation.Service;
import dev.fanfare.e2e.installation.ServiceProcess;
import dev.fanfare.e2e.installation.SteadyPublisher;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/// All clients of a killed gateway come back at another one at once, while messages go on.
///
/// Run as a program it prints how long they took to catch up:
///
/// ```sh
/// ./dev build && ./mvnw -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -pl e2e -am
/// java -cp "e2e/target/test-classes:$(cat e2e/target/classpath)" dev.fanfare.e2e.scenario.ResumeStorm
/// ```
final class ResumeStorm {

    static final int CLIENTS = 1000;

    private static final String CHANNEL = "storm";
    private static final String HISTORY_READS = "fanfare_gateway_history_reads_total";

    /// Messages in each phase: before the kill, while nobody is connected, and after the return.
    private static final int PHASE = 20;

    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// What came of it.
    ///
    /// @param published the newest number
    /// @param answers to the second subscribe of each client
    /// @param positions different offsets at which clients stood when they came back
    /// @param historyReads of the second gateway for them
    /// @param caughtUpAfter from the last connection at the second gateway until every client had all that
    ///     was acknowledged before
    record Outcome(
            int published,
            List<ResumingClient> clients,
            List<JsonNode> answers,
            long positions,
            double historyReads,
            Duration caughtUpAfter) {}

    private final Fanfare fanfare;
    private final List<ResumingClient> clients;

    private ResumeStorm(Fanfare fanfare, HttpClient http) {
        this.fanfare = fanfare;
        this.clients = Stream.generate(() -> new ResumingClient(http, CHANNEL))
                .limit(CLIENTS)
                .toList();
    }

    /// Two gateways, and a history that holds all messages of the storm.
    static Fanfare installation() {
        var builder = Fanfare.of().gateways(2).publishers(1);
        for (Service service : List.of(Service.GATEWAY, Service.PUBLISHER)) {
            builder.setting(service, "fanfare.channels.rules[0].pattern", CHANNEL)
                    .setting(service, "fanfare.channels.rules[0].history-size", "1000");
        }
        return builder.build();
    }

    /// Kills the first gateway of `fanfare`.
    static Outcome raise(Fanfare fanfare) {
        HttpClient http = HttpClient.newHttpClient();
        try {
            return new ResumeStorm(fanfare, http).raise();
        } finally {
            // Ends the connections too, for which closing would wait.
            http.shutdownNow();
        }
    }

    private Outcome raise() {
        ServiceProcess doomed = fanfare.all(Service.GATEWAY).getFirst();
        ServiceProcess refuge = fanfare.all(Service.GATEWAY).getLast();
        List<Attempt> first = connectAll(doomed);
        answers(first);
        try (var publisher = SteadyPublisher.start(new PublishApi(fanfare.publisher()), CHANNEL, PACE)) {
            awaitNewest(newest -> newest >= PHASE);
            doomed.kill();
            all(first.stream().map(Attempt::closed).toList());
            long positions =
                    clients.stream().map(ResumingClient::newest).distinct().count();
            awaitMore(publisher);
            double readsBefore = refuge.metric(HISTORY_READS);
            List<Attempt> second = connectAll(refuge);
            long lastNanos =
                    second.stream().mapToLong(Attempt::openedNanos).max().orElseThrow();
            List<JsonNode> answers = answers(second);
            awaitMore(publisher);
            publisher.stop();
            awaitNewest(newest -> newest >= publisher.acknowledged());
            return new Outcome(
                    publisher.acknowledged(),
                    clients,
                    answers,
                    positions,
                    refuge.metric(HISTORY_READS) - readsBefore,
                    caughtUpAfter(lastNanos, publisher.acknowledgedBefore(lastNanos)));
        }
    }

    private List<Attempt> connectAll(ServiceProcess gateway) {
        URI uri = gateway.webSocket("/ws");
        return all(clients.stream().map(client -> client.connect(uri)).toList());
    }

    private static List<JsonNode> answers(List<Attempt> attempts) {
        return all(attempts.stream().map(Attempt::subscribed).toList());
    }

    private static <T> List<T> all(List<CompletableFuture<T>> futures) {
        CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return futures.stream().map(CompletableFuture::join).toList();
    }

    private void awaitNewest(IntPredicate isEnough) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> clients.stream().mapToInt(ResumingClient::newest).allMatch(isEnough));
    }

    private static void awaitMore(SteadyPublisher publisher) {
        int enough = publisher.acknowledged() + PHASE;
        await().atMost(PATIENCE).until(() -> publisher.acknowledged() >= enough);
    }

    private Duration caughtUpAfter(long lastNanos, int target) {
        return clients.stream()
                .map(client -> client.arrivals().stream()
                        .filter(arrival -> arrival.data() >= target)
                        .findFirst()
                        .orElseThrow())
                .mapToLong(Arrival::nanos)
                .mapToObj(nanos -> Duration.ofNanos(Math.max(0, nanos - lastNanos)))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    static void main() {
        try (Fanfare fanfare = installation().start("ResumeStorm")) {
            Outcome outcome = raise(fanfare);
            IO.println("%d clients, %d history reads, all caught up %d ms after the last had reconnected"
                    .formatted(
                            CLIENTS,
                            (long) outcome.historyReads(),
                            outcome.caughtUpAfter().toMillis()));
        }
    }
}

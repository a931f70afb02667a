package dev.fanfare.benchmarks.revoke;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.peers.RunningServer;
import dev.fanfare.benchmarks.peers.TokenedServices;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.Tokens;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long do those who are revoked stay connected?
///
/// All connections of one subject are open, over several gateways, when the subject is revoked over HTTP. Each client
/// notes when it gets the close; after the last one the old token is tried again at each gateway.
/// Ends with an error when that is not refused, or a close has another code than 4004.
public final class RevokeBenchmark {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final int CREATED = 201;
    private static final double NANOS_PER_MILLI = 1e6;

    private final RevokeOptions options;
    private final Tokens tokens = Tokens.issuedBy("bench");
    private final HttpClient http = HttpClient.newHttpClient();

    private RevokeBenchmark(RevokeOptions options) {
        this.options = options;
    }

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "revoke",
                        RevokeOptions.HELP,
                        RevokeOptions::parse,
                        RevokeOptions::save,
                        (options, subject, progress) -> new RevokeBenchmark(options).measure(subject, progress))
                .run(arguments);
    }

    private String measure(Subject subject, PrintStream progress) throws IOException {
        // A round's sockets may still be closing when the next ones open.
        OpenFiles.require(2 * options.connections());
        Cores.leaveToServers();
        List<RunningServer> started = new ArrayList<>();
        try (RedisServer redis = RedisServer.localProcess().start()) {
            var services = new TokenedServices(redis, tokens);
            RunningServer publisher = services.publisher();
            started.add(publisher);
            List<RunningServer> gateways = new ArrayList<>();
            for (int i = 1; i <= options.gateways(); i++) {
                gateways.add(services.gateway(i));
                started.add(gateways.getLast());
            }
            List<Revoked> rounds = new ArrayList<>();
            for (int i = 0; i <= options.rounds(); i++) {
                Revoked round = round("subject-" + i, publisher, gateways);
                progress.printf(
                        Locale.ROOT,
                        "%s: the last one closed after %.0f ms%n",
                        i == 0 ? "warm" : "round " + i,
                        round.last());
                if (i > 0) {
                    rounds.add(round);
                }
            }
            return new RevokeReport(subject, facts(), rounds).markdown();
        } finally {
            started.forEach(RunningServer::close);
        }
    }

    private Revoked round(String whom, RunningServer publisher, List<RunningServer> gateways) throws IOException {
        String token = tokens.forSubject(whom)
                .allowing("{\"*\":[\"subscribe\"]}")
                .until(Instant.now().plus(LIFETIME));
        var clients = new RevokedClients(http, gateways, token, options.connections());
        long askedAt = System.nanoTime();
        revoke(whom, publisher);
        long answeredAt = System.nanoTime();
        List<Double> closes = clients.closedAt().stream()
                .map(at -> (at - answeredAt) / NANOS_PER_MILLI)
                .toList();
        int refused = (int) gateways.stream().filter(clients::isRefused).count();
        if (refused != gateways.size()) {
            throw new IllegalStateException("a gateway takes a token that was revoked");
        }
        return new Revoked((answeredAt - askedAt) / NANOS_PER_MILLI, closes, refused, gateways.size());
    }

    private void revoke(String whom, RunningServer publisher) throws IOException {
        String admin = tokens.forSubject("admin")
                .allowing("{\"*\":[\"admin\"]}")
                .until(Instant.now().plus(LIFETIME));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + publisher.port() + "/v1/revocations"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"subject\":\"" + whom + "\"}"))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != CREATED) {
                throw new IllegalStateException(
                        "the revocation was answered with " + answer.statusCode() + " " + answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("cores", Cores.description());
        facts.put(
                "connections",
                String.format(
                        Locale.ROOT,
                        "%,d of one subject over %d gateways; another subject in each round",
                        options.connections(),
                        options.gateways()));
        return facts;
    }
}

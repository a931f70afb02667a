package dev.fanfare.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.fanfare.gateway.Configs;
import dev.fanfare.testkit.LogLines;
import dev.fanfare.testkit.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against an HTTPS server that stands in for the Kubernetes API.
class PodDeletionCostTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /// What the API was asked.
    private record Patch(String path, String authorization, String contentType, String body) {}

    @TempDir
    Path credentials;

    private final Vertx vertx = Vertx.vertx();
    private final List<Patch> patches = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger(7);
    private final AtomicInteger status = new AtomicInteger(200);
    private volatile CompletableFuture<Void> answerOf = CompletableFuture.completedFuture(null);
    private HttpServer api;

    @BeforeEach
    void listen() throws Exception {
        TlsFiles tls = TlsFiles.generate(credentials);
        Files.copy(tls.certificate(), credentials.resolve("ca.crt"));
        Files.writeString(credentials.resolve("namespace"), "live");
        Files.writeString(credentials.resolve("token"), "first-token\n");
        var key = new PemKeyCertOptions()
                .setCertPath(tls.certificate().toString())
                .setKeyPath(tls.key().toString());
        api = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setSsl(true)
                        .setKeyCertOptions(key))
                .requestHandler(this::answer)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private void answer(HttpServerRequest request) {
        request.bodyHandler(body -> {
            patches.add(new Patch(
                    request.method() + " " + request.path(),
                    String.valueOf(request.getHeader("Authorization")),
                    String.valueOf(request.getHeader("Content-Type")),
                    body.toString()));
            var _ = answerOf.thenRun(
                    () -> request.response().setStatusCode(status.get()).end("{}"));
        });
    }

    @AfterEach
    void close() {
        var _ = vertx.close();
    }

    private PodDeletionCostConfig config(Map<String, String> more) {
        var properties = new HashMap<>(Map.of(
                "fanfare.gateway.pod-deletion-cost.enabled", "true",
                "fanfare.gateway.pod-deletion-cost.interval", "10m",
                "fanfare.gateway.pod-deletion-cost.api", "https://127.0.0.1:" + api.actualPort(),
                "fanfare.gateway.pod-deletion-cost.credentials", credentials.toString(),
                "fanfare.gateway.pod-deletion-cost.pod", "gateway-0"));
        properties.putAll(more);
        return Configs.mapped(PodDeletionCostConfig.class, properties);
    }

    private PodDeletionCost start() {
        var cost = new PodDeletionCost(connections::get, config(Map.of()), vertx);
        cost.start();
        return cost;
    }

    private void awaitPatches(int count) {
        await().atMost(SOON).until(() -> patches.size() >= count);
    }

    @Test
    void connections_becomeTheAnnotationOfThisPod() {
        // When
        start();

        // Then
        awaitPatches(1);
        assertThat(patches.getFirst())
                .isEqualTo(new Patch(
                        "PATCH /api/v1/namespaces/live/pods/gateway-0",
                        "Bearer first-token",
                        "application/merge-patch+json",
                        "{\"metadata\":{\"annotations\":{\"controller.kubernetes.io/pod-deletion-cost\":\"7\"}}}"));
    }

    @Test
    void rotatedToken_isUsedFromTheNextUpdateOnAndNoUpdateIsMadeWithoutAChange() throws IOException {
        // Given: the first update is over once another one gets its turn
        PodDeletionCost cost = start();
        connections.set(8);
        await().atMost(SOON).until(() -> {
            cost.update();
            return !patches.isEmpty() && patches.getLast().body().contains("\"8\"");
        });
        int before = patches.size();

        // When
        cost.update();
        cost.update();
        Files.writeString(credentials.resolve("token"), "second-token");
        connections.set(9);
        cost.update();

        // Then
        assertThat(patches).hasSize(before + 1);
        assertThat(patches.getLast().authorization()).isEqualTo("Bearer second-token");
        assertThat(patches.getLast().body()).contains("\"9\"");
    }

    @Test
    void refusedUpdate_isRepeated_andToldOnceUntilAnotherSucceeds() {
        try (var log = new LogLines()) {
            // Given
            status.set(403);
            PodDeletionCost cost = start();
            await().atMost(SOON).until(() -> refusals(log) == 1);
            await().atMost(SOON).until(() -> {
                cost.update();
                return patches.size() >= 3;
            });
            long beforeSuccess = refusals(log);

            // When
            status.set(200);
            cost.update();
            Patch taken = patches.getLast();
            status.set(403);
            connections.set(8);
            cost.update();

            // Then
            assertThat(taken).isEqualTo(patches.getFirst());
            assertThat(beforeSuccess).isOne();
            assertThat(refusals(log)).isEqualTo(2);
        }
    }

    private static long refusals(LogLines log) {
        return log.lines().stream()
                .filter(line -> line.contains("pod deletion cost cannot be told"))
                .count();
    }

    @Test
    void updateThatIsStillOnItsWay_isNotWaitedFor() {
        // Given
        answerOf = new CompletableFuture<>();
        PodDeletionCost cost = start();
        awaitPatches(1);
        connections.set(8);

        // When
        assertTimeoutPreemptively(SOON, cost::update);

        // Then
        assertThat(patches).hasSize(1);
        answerOf.complete(null);
        await().atMost(SOON).until(() -> {
            cost.update();
            return patches.size() == 2;
        });
        assertThat(patches.getLast().body()).contains("\"8\"");
    }

    @Test
    void stoppedCost_isToldNoMore() {
        // Given
        var cost = new PodDeletionCost(
                connections::get, config(Map.of("fanfare.gateway.pod-deletion-cost.interval", "5s")), vertx);
        cost.start();
        awaitPatches(1);

        // When
        cost.stop();
        connections.set(8);

        // Then: longer than the interval
        await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(7)).until(() -> patches.size() == 1);
    }

    @Test
    void unlessEnabled_nobodyIsAskedAndNoFileIsRead() {
        // Given
        var cost = new PodDeletionCost(
                connections::get,
                config(Map.of(
                        "fanfare.gateway.pod-deletion-cost.enabled", "false",
                        "fanfare.gateway.pod-deletion-cost.credentials", "/nowhere")),
                vertx);

        // When
        cost.start();
        cost.update();

        // Then
        assertThat(patches).isEmpty();
    }

    @Test
    void noServiceAccount_stopsTheStartWithTheName() {
        // Given
        var cost = new PodDeletionCost(
                connections::get, config(Map.of("fanfare.gateway.pod-deletion-cost.credentials", "/nowhere")), vertx);

        // Then
        assertThatThrownBy(cost::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fanfare.gateway.pod-deletion-cost.credentials");
    }
}

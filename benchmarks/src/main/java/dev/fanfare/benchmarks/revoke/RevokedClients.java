package dev.fanfare.benchmarks.revoke;

import dev.fanfare.benchmarks.peers.RunningServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// The connections of one subject, which note when they are closed.
final class RevokedClients {

    private static final int TOKEN_REVOKED = 4004;
    private static final int UNAUTHORIZED = 401;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Handshakes on their way at a time: more would only wait for each other.
    private static final int AT_A_TIME = 64;

    private final HttpClient http;
    private final String token;
    private final List<Closing> clients;

    /// Connects `count` clients with `token`, in turns to each of `gateways`.
    RevokedClients(HttpClient http, List<RunningServer> gateways, String token, int count) {
        this.http = http;
        this.token = token;
        var places = new Semaphore(AT_A_TIME);
        this.clients = IntStream.range(0, count)
                .mapToObj(i -> {
                    places.acquireUninterruptibly();
                    var client = new Closing();
                    client.opened = open(gateways.get(i % gateways.size()), client);
                    var _ = client.opened.whenComplete((_, _) -> places.release());
                    return client;
                })
                .toList();
        clients.forEach(client -> client.opened.join());
    }

    private CompletableFuture<WebSocket> open(RunningServer gateway, WebSocket.Listener listener) {
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .connectTimeout(PATIENCE)
                .buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + "/ws"), listener);
    }

    /// One of them.
    private static final class Closing implements WebSocket.Listener {
        private CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        private final CompletableFuture<Long> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            if (code == TOKEN_REVOKED) {
                closed.complete(System.nanoTime());
            } else {
                closed.completeExceptionally(new IllegalStateException("closed with " + code + " " + reason));
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            closed.completeExceptionally(failure);
        }
    }

    /// When each of them was closed, by `System.nanoTime()`.
    ///
    /// @throws CompletionException if one was closed otherwise, or not in a minute
    List<Long> closedAt() {
        return clients.stream()
                .map(client -> client.closed
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join())
                .toList();
    }

    /// Whether `gateway` refuses to take the token again, because it is not good.
    boolean isRefused(RunningServer gateway) {
        try {
            open(gateway, new Closing()).join().abort();
            return false;
        } catch (CompletionException e) {
            return e.getCause() instanceof WebSocketHandshakeException refused
                    && refused.getResponse().statusCode() == UNAUTHORIZED;
        }
    }
}

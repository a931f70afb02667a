package dev.fanfare.telemetry.source;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/// One GET with the redirects that it leads to: something to wait for, and to give up as a whole.
///
/// The configured headers go to the configured origin alone. A redirect to another host is followed
/// without them, because they may be the secrets of this one. Nothing is followed from HTTPS to HTTP.
final class Exchange<T> {

    /// More redirects than any sane address has.
    static final int MAX_REDIRECTS = 5;

    private static final String USER_AGENT = "fanfare-telemetry-ingest";

    private final HttpClient client;
    private final SourceSettings settings;
    private final Map<String, String> ownHeaders;
    private final BodyHandler<T> handler;
    private CompletableFuture<HttpResponse<T>> current = new CompletableFuture<>();
    private boolean isCancelled;

    /// @param ownHeaders what this request needs, beside the configured headers
    Exchange(HttpClient client, SourceSettings settings, Map<String, String> ownHeaders, BodyHandler<T> handler) {
        this.client = client;
        this.settings = settings;
        this.ownHeaders = ownHeaders;
        this.handler = handler;
    }

    /// Sends the request. The answer is the last one: a redirect only when it is not followed.
    CompletableFuture<HttpResponse<T>> start() {
        return send(settings.url(), MAX_REDIRECTS);
    }

    private CompletableFuture<HttpResponse<T>> send(URI target, int redirectsLeft) {
        CompletableFuture<HttpResponse<T>> sent;
        synchronized (this) {
            if (isCancelled) {
                return CompletableFuture.failedFuture(new CancellationException());
            }
            sent = client.sendAsync(requestTo(target), handler);
            current = sent;
        }
        return sent.thenCompose(answer -> {
            Optional<URI> next = redirectsLeft == 0 ? Optional.empty() : redirectOf(answer);
            return next.isPresent() ? send(next.get(), redirectsLeft - 1) : CompletableFuture.completedFuture(answer);
        });
    }

    private HttpRequest requestTo(URI target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).setHeader("User-Agent", USER_AGENT);
        ownHeaders.forEach(request::setHeader);
        if (isSameOrigin(target, settings.url())) {
            settings.headers().values().forEach(request::setHeader);
        }
        return request.build();
    }

    private static boolean isSameOrigin(URI a, URI b) {
        return a.getScheme().equalsIgnoreCase(b.getScheme())
                && Objects.requireNonNullElse(a.getHost(), "").equalsIgnoreCase(b.getHost())
                && portOf(a) == portOf(b);
    }

    private static int portOf(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static Optional<URI> redirectOf(HttpResponse<?> answer) {
        return switch (answer.statusCode()) {
            case 301, 302, 303, 307, 308 ->
                answer.headers().firstValue("Location").flatMap(location -> target(answer.uri(), location));
            default -> Optional.empty();
        };
    }

    /// Where a redirect leads; empty when it is not followed.
    static Optional<URI> target(URI from, String location) {
        try {
            URI to = from.resolve(location);
            boolean isSafe = "https".equalsIgnoreCase(to.getScheme())
                    || ("http".equalsIgnoreCase(to.getScheme()) && "http".equalsIgnoreCase(from.getScheme()));
            return isSafe && to.getHost() != null ? Optional.of(to) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Gives it up, with its connection. Does nothing to one that has ended.
    synchronized void cancel() {
        isCancelled = true;
        current.cancel(true);
    }
}

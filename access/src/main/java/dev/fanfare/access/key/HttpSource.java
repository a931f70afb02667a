package dev.fanfare.access.key;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A key set behind a URL. Redirects are not followed: one could lead to plain HTTP or into our network.
final class HttpSource implements KeySource {

    private final HttpClient client;
    private final HttpRequest request;
    private final Duration timeout;

    HttpSource(URI uri, Duration timeout) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
        this.request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        this.timeout = timeout;
    }

    @Override
    public byte[] read() throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), Jwks.MAX_BYTES));
        try {
            // The client's own timeout ends with the headers; this one holds for the whole body.
            HttpResponse<byte[]> answer = exchange.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException("it answered with status " + answer.statusCode());
            }
            return answer.body();
        } catch (TimeoutException _) {
            throw new IOException("no complete answer within " + timeout);
        } catch (ExecutionException e) {
            throw new IOException("it cannot be read: " + e.getCause(), e);
        } finally {
            // Does nothing to an exchange that has ended; one that was given up must not live on.
            exchange.cancel(true);
        }
    }
}

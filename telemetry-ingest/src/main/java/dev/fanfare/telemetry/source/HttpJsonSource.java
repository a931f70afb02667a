package dev.fanfare.telemetry.source;

import dev.fanfare.contract.message.RawJson;
import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Reads JSON from an HTTP address.
///
/// One request at a time, one deadline for all of it, and never more of the body in memory than the limit.
public final class HttpJsonSource implements TelemetrySource, AutoCloseable {

    /*
     * Why the deadline is ours
     * ------------------------
     * HttpRequest.timeout ends with the response's headers, so a body that trickles would hold the loop
     * for ever. Here one deadline covers name look-up, connection, headers and body, and giving up
     * cancels the exchange, which closes its connection.
     *
     * Why the client keeps its own platform threads
     * ---------------------------------------------
     * A name look-up blocks in native code. On a virtual thread it would hold a carrier thread for as
     * long as the resolver takes, and on a small machine two of those stop every loop, also the ones
     * that renew leases.
     *
     * Why HTTP/1.1
     * ------------
     * On cleartext the client would ask for an upgrade to HTTP/2 with headers that some old servers
     * answer with an error, and one request a second gains nothing from multiplexing.
     */

    private static final String USER_AGENT = "fanfare-telemetry-ingest";

    private final SourceSettings settings;
    private final JsonSelector selector;
    private final HttpClient client;
    private final HttpRequest request;

    public HttpJsonSource(SourceSettings settings) {
        this.settings = settings;
        this.selector = new JsonSelector(settings.pointer());
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(settings.connectTimeout())
                .build();
        this.request = HttpRequest.newBuilder(settings.url())
                .header("Accept", "application/json")
                .header("User-Agent", USER_AGENT)
                .build();
    }

    @Override
    public FetchOutcome fetch() throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, BoundedBody.handler(settings.maxBytes()));
        try {
            return read(exchange.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return new Failed(FetchFailure.TIMEOUT, "no complete answer within " + settings.timeout());
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } finally {
            // Does nothing to an exchange that has ended; one that was given up must not live on.
            exchange.cancel(true);
        }
    }

    private FetchOutcome read(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        return switch (status / 100) {
            case 2 -> select(answer.body());
            case 3 -> new Failed(FetchFailure.REDIRECT, "a redirect that is not followed, status " + status);
            default -> new Failed(FetchFailure.STATUS, "status " + status);
        };
    }

    private FetchOutcome select(byte[] body) {
        try {
            Optional<RawJson> data = selector.select(body);
            return data.isPresent()
                    ? new Fetched(new Sample(data.get(), false))
                    : new Failed(FetchFailure.ABSENT, "nothing at " + settings.pointer());
        } catch (IOException e) {
            return new Failed(FetchFailure.NOT_JSON, firstLine(e));
        }
    }

    private static Failed failed(@Nullable Throwable cause) {
        return switch (cause) {
            case BoundedBody.TooLargeException e -> new Failed(FetchFailure.TOO_LARGE, firstLine(e));
            case HttpTimeoutException e -> new Failed(FetchFailure.TIMEOUT, firstLine(e));
            case ConnectException e -> new Failed(FetchFailure.UNREACHABLE, unreachable(e));
            case SSLException e -> new Failed(FetchFailure.UNREACHABLE, firstLine(e));
            case IOException e -> new Failed(FetchFailure.BROKEN, firstLine(e));
            case null, default -> new Failed(FetchFailure.INTERNAL, String.valueOf(cause));
        };
    }

    /// The client's exception has no message when the name is unknown or the port is closed.
    private static String unreachable(ConnectException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "the host name is unknown";
            }
        }
        return failure.getMessage() == null ? "the connection was refused" : firstLine(failure);
    }

    /// A parser's message goes on with a quotation of the document, which does not belong in a log.
    private static String firstLine(IOException failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

package dev.fanfare.telemetry.source;

import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.FetchOutcome.Fetched;
import dev.fanfare.telemetry.source.FetchOutcome.Unchanged;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an HTTP address, whose body is of some format.
///
/// One request at a time, one deadline for all of it, and never more of the body in memory than the
/// limit. An address that gives an `ETag` is asked with `If-None-Match` for what is published.
public final class HttpSource implements TelemetrySource, AutoCloseable {

    /*
     * Why the deadline is ours
     * ------------------------
     * HttpRequest.timeout ends with the response's headers, so a body that trickles would hold the loop
     * for ever. Here one deadline covers name look-up, connection, redirects, headers and body, and
     * giving up cancels the exchange, which closes its connection.
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
     *
     * Why the tag is the sample's
     * ---------------------------
     * A tag that were kept here would outlive the sample: one that could not be published, or that
     * another leader or the model has published over, would never come again, because the source goes
     * on answering that nothing changed.
     */

    /// What may be sent back as it came. Longer or stranger tags are not used.
    private static final Pattern ENTITY_TAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]{0,512}\"");

    private final SourceSettings settings;
    private final BodyFormat format;
    private final HttpClient client;

    public HttpSource(SourceSettings settings, SourceKind.Polled kind) {
        this.settings = settings;
        this.format = kind.format();
        this.client = clientOf(settings);
    }

    static HttpClient clientOf(SourceSettings settings) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    @Override
    public FetchOutcome fetch(@Nullable Sample published) throws InterruptedException {
        String tag = published == null ? null : published.entityTag();
        var exchange = new Exchange<>(client, settings, headersFor(tag), BoundedBody.handler(settings.maxBytes()));
        try {
            return read(exchange.start().get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS), tag);
        } catch (TimeoutException _) {
            return new Failed(FetchFailure.TIMEOUT, "no complete answer within " + settings.timeout());
        } catch (ExecutionException e) {
            return Failures.of(e.getCause());
        } finally {
            // Does nothing to an exchange that has ended; one that was given up must not live on.
            exchange.cancel();
        }
    }

    private Map<String, String> headersFor(@Nullable String tag) {
        var headers = new HashMap<>(Map.of("Accept", format.accept()));
        if (tag != null) {
            headers.put("If-None-Match", tag);
        }
        return headers;
    }

    private FetchOutcome read(HttpResponse<byte[]> answer, @Nullable String askedTag) {
        int status = answer.statusCode();
        if (status == 304 && askedTag != null) {
            return new Unchanged();
        }
        return status / 100 == 2 ? tagged(format.read(answer.body()), answer) : Failures.ofStatus(status);
    }

    private static FetchOutcome tagged(FetchOutcome outcome, HttpResponse<?> answer) {
        Optional<String> tag = answer.headers()
                .firstValue("ETag")
                .filter(value -> ENTITY_TAG.matcher(value).matches());
        return outcome instanceof Fetched fetched
                ? new Fetched(fetched.sample().withEntityTag(tag.orElse(null)))
                : outcome;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

package dev.fanfare.telemetry.source;

import dev.fanfare.telemetry.source.FetchOutcome.Failed;
import dev.fanfare.telemetry.source.StreamOutcome.Alive;
import dev.fanfare.telemetry.source.StreamOutcome.Connected;
import dev.fanfare.telemetry.source.StreamOutcome.Lost;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The events of one address, one after the other, over as many connections as that takes.
///
/// A new connection asks with `Last-Event-ID` for what followed the last event that was taken. Used by
/// one thread. An interruption gives up what is under way; the stream is to be closed then.
public final class EventStream implements AutoCloseable {

    /// What a header can hold. Other ids are not sent, and the server starts where it likes.
    private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");

    private static final String CONTENT_TYPE = "text/event-stream";

    private final HttpClient client;
    private final SourceSettings settings;
    private final SourceKind.EventStream kind;
    private EventStreamParser parser;
    private @Nullable StreamBody body;

    EventStream(HttpClient client, SourceSettings settings, SourceKind.EventStream kind, @Nullable String lastEventId) {
        this.client = client;
        this.settings = settings;
        this.kind = kind;
        this.parser = new EventStreamParser(kind, settings.maxBytes(), lastEventId, null);
    }

    /// What comes next. Connects first when there is no connection. Waits for an answer no longer than
    /// the source's timeout, and for bytes no longer than its idle timeout.
    public StreamOutcome next() throws InterruptedException {
        StreamOutcome waiting = parser.poll();
        if (waiting != null) {
            return waiting;
        }
        return body == null ? connect() : read(body);
    }

    private StreamOutcome connect() throws InterruptedException {
        var exchange = new Exchange<>(client, settings, headers(), StreamBody.handler());
        boolean isAnswered = false;
        try {
            HttpResponse<StreamBody> answer =
                    exchange.start().get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
            isAnswered = true;
            return take(answer);
        } catch (TimeoutException _) {
            return lost(new Failed(FetchFailure.TIMEOUT, "no answer within " + settings.timeout()));
        } catch (ExecutionException e) {
            return lost(Failures.of(e.getCause()));
        } finally {
            if (!isAnswered) {
                exchange.cancel();
            }
        }
    }

    private Map<String, String> headers() {
        var headers = new HashMap<>(Map.of("Accept", CONTENT_TYPE, "Cache-Control", "no-cache"));
        String id = parser.lastEventId();
        if (id != null && SENDABLE.matcher(id).matches()) {
            headers.put("Last-Event-ID", id);
        }
        return headers;
    }

    private StreamOutcome take(HttpResponse<StreamBody> answer) {
        body = answer.body();
        if (answer.statusCode() != 200) {
            return lost(Failures.ofStatus(answer.statusCode()));
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none");
        if (!type.toLowerCase(Locale.ROOT).startsWith(CONTENT_TYPE)) {
            return lost(new Failed(FetchFailure.CONTENT_TYPE, "the answer is not " + CONTENT_TYPE));
        }
        return new Connected();
    }

    private StreamOutcome read(StreamBody from) throws InterruptedException {
        return switch (from.next(kind.idleTimeout())) {
            case StreamBody.Piece.Bytes(List<ByteBuffer> buffers) -> {
                buffers.forEach(parser::feed);
                StreamOutcome first = parser.poll();
                yield first == null ? new Alive() : first;
            }
            case StreamBody.Piece.End(Throwable failure) ->
                lost(failure == null ? new Failed(FetchFailure.ENDED, "the server ended it") : Failures.of(failure));
            case null -> lost(new Failed(FetchFailure.TIMEOUT, "not a byte for " + kind.idleTimeout()));
        };
    }

    /// Half an event that a connection leaves behind is dropped: the server sends it again.
    private Lost lost(Failed failed) {
        close();
        parser = new EventStreamParser(kind, settings.maxBytes(), parser.lastEventId(), parser.retry());
        return new Lost(failed, parser.retry());
    }

    @Override
    public void close() {
        if (body != null) {
            body.close();
            body = null;
        }
    }
}

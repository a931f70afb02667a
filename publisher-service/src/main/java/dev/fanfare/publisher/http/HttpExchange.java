package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.messaging.admission.Caller;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request and its answer, as Vert.x has them.
record HttpExchange(RoutingContext context) {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String CONTINUE = "100-continue";

    /// What `Content-Length` says, or -1 when it says nothing. Vert.x has refused anything but digits.
    long declaredBytes() {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    /// Every `Authorization` header.
    List<String> authorization() {
        return context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    }

    /// Whose request it is. Behind a proxy that is the proxy, unless `quarkus.http.proxy.*` says whom to believe.
    Caller caller() {
        SocketAddress remote = context.request().remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        // What a proxy says need not be an IP address.
        String host = remote == null || address != null ? address : remote.host();
        return new Caller(host == null ? String.valueOf(remote) : host);
    }

    /// @param channel the segment of the path, percent-decoded, or null when the path has none
    PublishHead publishHead(@Nullable String channel) {
        HttpServerRequest request = context.request();
        return new PublishHead(
                channel,
                hasPathParameters(),
                request.getHeader(HttpHeaders.CONTENT_TYPE),
                request.getHeader(HttpHeaders.CONTENT_ENCODING),
                request.headers().getAll(IDEMPOTENCY_KEY),
                query());
    }

    /// Why the body is not taken for JSON; empty if it is to be.
    Optional<Problem> problemOfJsonBody() {
        HttpServerRequest request = context.request();
        if (!BodyFormat.isPlain(request.getHeader(HttpHeaders.CONTENT_ENCODING))) {
            return Optional.of(new Problem(ErrorCode.MEDIA_TYPE_UNSUPPORTED, BodyFormat.ENCODED));
        }
        return switch (BodyFormat.of(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            case BodyFormat.Json _ -> Optional.empty();
            case BodyFormat.Unsupported(String detail) ->
                Optional.of(new Problem(ErrorCode.MEDIA_TYPE_UNSUPPORTED, detail));
            case BodyFormat.Text _, BodyFormat.Binary _ ->
                Optional.of(new Problem(ErrorCode.MEDIA_TYPE_UNSUPPORTED, "the body is application/json"));
        };
    }

    /// The router cuts segments at a bare `;`, so the channel may not be the one that was meant.
    boolean hasPathParameters() {
        String path = context.request().path();
        return path != null && path.indexOf(';') >= 0;
    }

    /// The query parameters, decoded, with all their values.
    Map<String, List<String>> query() {
        HttpServerRequest request = context.request();
        if (request.query() == null) {
            return Map.of();
        }
        MultiMap params = request.params();
        Map<String, List<String>> query = HashMap.newHashMap(params.size());
        for (String name : params.names()) {
            query.put(name, params.getAll(name));
        }
        return query;
    }

    /// Has `body` told what arrives of the body, until all of it has or `timeout` is over. Returns at once.
    void receive(IncomingBody body, Duration timeout) {
        // Everything of a request runs on the event loop of its connection.
        context.vertx().runOnContext(_ -> {
            HttpServerRequest request = context.request();
            if (request.isEnded()) {
                body.end();
                return;
            }
            if (context.response().closed()) {
                body.breakOff();
                return;
            }
            askForBody();
            request.exceptionHandler(_ -> body.breakOff());
            request.endHandler(_ -> body.end());
            request.handler(chunk -> {
                body.add(chunk);
                if (body.reading().isDone()) {
                    request.pause();
                }
            });
            if (!body.reading().isDone()) {
                request.resume();
            }
            // Most have arrived with the head, and need no timer.
            if (!body.reading().isDone()) {
                long timer = context.vertx().setTimer(timeout.toMillis(), _ -> body.expire(timeout.toSeconds()));
                var _ = body.reading().thenRun(() -> context.vertx().cancelTimer(timer));
            }
        });
    }

    private void askForBody() {
        if (CONTINUE.equalsIgnoreCase(context.request().getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
    }

    /// Closes the connection once the answer is written, because more of a body that nobody wants is on its
    /// way. HTTP/2 has streams for that.
    void closeAfterAnswer() {
        HttpServerRequest request = context.request();
        if (request.version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.addEndHandler(_ -> request.connection().close());
        }
    }
}

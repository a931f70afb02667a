package dev.fanfare.gateway.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `POST /drain` begins to send all clients away, `GET /drain` says how far that is. Both take the secret
/// as bearer token; without a configured one the path does not exist.
///
/// A secret and not the address of the caller, because whoever comes through a proxy on the same host comes
/// from the loopback address too.
@Singleton
public class DrainRoute {

    static final String PATH = "/drain";

    private static final String BEARER = "Bearer ";
    private static final int MIN_TOKEN_BYTES = 32;
    private static final int MAX_TOKEN_BYTES = 4096;

    private final Departures departures;
    private final Optional<Path> tokenFile;

    DrainRoute(Departures departures, DrainConfig config) {
        this.departures = departures;
        this.tokenFile = config.tokenFile();
    }

    void register(@Observes Router router) {
        tokenFile
                .map(DrainRoute::read)
                .ifPresent(token -> router.route(PATH).handler(context -> answer(context, token)));
    }

    private void answer(RoutingContext context, byte[] token) {
        HttpServerResponse response = context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        HttpMethod method = context.request().method();
        if (!isAllowed(context.request().getHeader(HttpHeaders.AUTHORIZATION), token)) {
            response.setStatusCode(401).putHeader("WWW-Authenticate", "Bearer").end();
        } else if (method.equals(HttpMethod.POST)) {
            var _ = departures.drain();
            state(response.setStatusCode(202));
        } else if (method.equals(HttpMethod.GET)) {
            state(response);
        } else {
            response.setStatusCode(405)
                    .putHeader(HttpHeaders.ALLOW, "GET, POST")
                    .end();
        }
    }

    private void state(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(departures.state().toJson());
    }

    /// Takes as long whatever is wrong with what was offered.
    private static boolean isAllowed(@Nullable String authorization, byte[] token) {
        return authorization != null
                && authorization.startsWith(BEARER)
                && MessageDigest.isEqual(
                        authorization.substring(BEARER.length()).getBytes(UTF_8), token);
    }

    private static byte[] read(Path file) {
        try {
            byte[] token = Files.readString(file).replaceFirst("\r?\n\\z", "").getBytes(UTF_8);
            if (token.length < MIN_TOKEN_BYTES || token.length > MAX_TOKEN_BYTES) {
                throw new IllegalArgumentException("fanfare.gateway.drain.token-file must have %d to %d bytes, not %d"
                        .formatted(MIN_TOKEN_BYTES, MAX_TOKEN_BYTES, token.length));
            }
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("fanfare.gateway.drain.token-file cannot be read: " + e.getMessage(), e);
        }
    }
}

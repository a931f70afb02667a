package dev.fanfare.gateway.edge;

import dev.fanfare.access.grant.BearerScheme;
import dev.fanfare.gateway.access.ClientAccessConfig;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the token of a handshake. In this order, of which the first that is there counts:
///
/// 1. `Authorization: Bearer <token>`, for programs
/// 2. `Sec-WebSocket-Protocol: fanfare.v1, bearer.<token>`, for browsers, which can set no other header
/// 3. the cookie, where one is configured; then the page's origin has to be allowed
/// 4. `?access_token=<token>`, where that is allowed
@Singleton
final class TokenCarriers {

    private static final String PROTOCOL_PREFIX = "bearer.";
    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";
    private static final String QUERY_PARAMETER = "access_token";

    private final ClientAccessConfig config;

    TokenCarriers(ClientAccessConfig config) {
        this.config = config;
    }

    CarriedToken find(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null
                && config.allowedOrigins().isPresent()
                && !config.allowedOrigins().get().contains(origin)) {
            return new CarriedToken.ForeignOrigin(origin);
        }
        Optional<String> token = inHeader(request).or(() -> inSubprotocol(request));
        if (token.isPresent()) {
            return new CarriedToken.Found(token.get());
        }
        Optional<String> cookie = inCookie(request);
        if (cookie.isPresent()) {
            return isOwnOrAllowed(origin, request)
                    ? new CarriedToken.Found(cookie.get())
                    : new CarriedToken.ForeignOrigin(origin);
        }
        return inQuery(request).<CarriedToken>map(CarriedToken.Found::new).orElseGet(CarriedToken.None::new);
    }

    private static Optional<String> inHeader(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION)).flatMap(BearerScheme::tokenIn);
    }

    private static Optional<String> inSubprotocol(HttpServerRequest request) {
        return request.headers().getAll(SUBPROTOCOLS).stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(PROTOCOL_PREFIX))
                .map(protocol -> protocol.substring(PROTOCOL_PREFIX.length()))
                .findFirst();
    }

    private Optional<String> inCookie(HttpServerRequest request) {
        if (config.cookie().isEmpty()) {
            return Optional.empty();
        }
        Cookie cookie = request.getCookie(config.cookie().get());
        return cookie == null ? Optional.empty() : Optional.of(cookie.getValue());
    }

    /// Whether the page is ours. Only browsers send cookies, and they always say where a page is from.
    private boolean isOwnOrAllowed(@Nullable String origin, HttpServerRequest request) {
        if (origin == null) {
            return false;
        }
        if (config.allowedOrigins().isPresent()) {
            return config.allowedOrigins().get().contains(origin);
        }
        String host = request.getHeader(HttpHeaders.HOST);
        return origin.equals("https://" + host) || origin.equals("http://" + host);
    }

    private Optional<String> inQuery(HttpServerRequest request) {
        return config.queryParameter() ? Optional.ofNullable(request.getParam(QUERY_PARAMETER)) : Optional.empty();
    }
}

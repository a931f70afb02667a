package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Refuses a request that declares more bytes than the server reads at all, whatever its path.
///
/// Quarkus refuses it too, but with an empty answer. What is no HTTP, or no valid URI, is answered below the
/// router with a bare status and cannot be made a problem: 400, 414 and 431.
@Singleton
final class OversizeRefusal {

    /// Before Quarkus' own route for this, which is at -2.
    private static final int BEFORE_UPLOAD_LIMIT = -3;

    private final long serverLimitBytes;

    OversizeRefusal(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize serverLimit) {
        serverLimitBytes = serverLimit.asLongValue();
    }

    void install(@Observes Router router) {
        router.route().order(BEFORE_UPLOAD_LIMIT).handler(this::check);
    }

    private void check(RoutingContext context) {
        var exchange = new HttpExchange(context);
        if (exchange.declaredBytes() <= serverLimitBytes) {
            context.next();
            return;
        }
        var problem = new Problem(
                ErrorCode.MESSAGE_TOO_LARGE,
                "the body is larger than the " + serverLimitBytes + " bytes of the server");
        exchange.closeAfterAnswer();
        context.response()
                .setStatusCode(problem.code().httpStatus())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(problem.toJson());
    }
}

package dev.fanfare.publisher.http;

import dev.fanfare.access.capability.Operation;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/// Lets in those who may do `admin` on every channel, and nobody else.
@Singleton
final class Admins {

    private final Bearers bearers;
    private final Answers answers;

    Admins(Bearers bearers, Answers answers) {
        this.bearers = bearers;
        this.answers = answers;
    }

    /// Has `served` answer the request if whoever sent it may. Blocks, as [Bearers#admit] does.
    ///
    /// @param deed what that takes, as those are told who may not
    RestResponse<JsonBody> admit(HttpExchange exchange, String deed, Supplier<RestResponse<JsonBody>> served) {
        return bearers.admit(
                exchange,
                bearer -> bearer.grant().capabilities().covers(Revoking.EVERYTHING)
                        ? served.get()
                        : turnAway(exchange, bearer, deed));
    }

    private RestResponse<JsonBody> turnAway(HttpExchange exchange, Bearer bearer, String deed) {
        exchange.closeAfterAnswer();
        return answers.problem(new Problem(
                bearer.grant().refusal(), deed + " takes " + Operation.ADMIN.word() + " on every channel, \"*\""));
    }
}

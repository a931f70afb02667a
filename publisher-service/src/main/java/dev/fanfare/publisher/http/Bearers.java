package dev.fanfare.publisher.http;

import dev.fanfare.access.grant.BearerScheme;
import dev.fanfare.access.grant.Doorkeeper;
import dev.fanfare.access.grant.Verdict;
import dev.fanfare.contract.failure.ErrorCode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/// Finds out who sent a request, by `Authorization: Bearer <token>`. Blocks, while the key of a token is looked for:
/// call it on a virtual thread.
@Singleton
final class Bearers {

    private final Doorkeeper doorkeeper;
    private final Answers answers;

    Bearers(Doorkeeper doorkeeper, Answers answers) {
        this.doorkeeper = doorkeeper;
        this.answers = answers;
    }

    /// Has `served` answer the request of whoever sent it, unless their token is refused.
    RestResponse<JsonBody> admit(HttpExchange exchange, Function<Bearer, RestResponse<JsonBody>> served) {
        return admit(exchange, served, answers::problem);
    }

    /// The same, where `refused` answers those whose token is refused.
    RestResponse<JsonBody> admit(
            HttpExchange exchange,
            Function<Bearer, RestResponse<JsonBody>> served,
            Function<Problem, RestResponse<JsonBody>> refused) {
        String address = exchange.caller().name();
        return switch (verdict(exchange.authorization(), address)) {
            case Verdict.Granted(var grant) -> served.apply(new Bearer(grant, address, doorkeeper));
            case Verdict.Refused(ErrorCode code, String detail) -> {
                exchange.closeAfterAnswer();
                yield refused.apply(new Problem(code, detail));
            }
        };
    }

    private Verdict verdict(List<String> headers, String address) {
        if (headers.isEmpty()) {
            return new Verdict.Granted(doorkeeper.strangers());
        }
        Optional<String> token = headers.size() == 1 ? BearerScheme.tokenIn(headers.getFirst()) : Optional.empty();
        return token.isEmpty()
                ? new Verdict.Refused(ErrorCode.TOKEN_MALFORMED, "Authorization is one header: Bearer and a token")
                : doorkeeper.admit(token.get(), address).toCompletableFuture().join();
    }
}

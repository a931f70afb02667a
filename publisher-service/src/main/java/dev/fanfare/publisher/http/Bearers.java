package dev.fanfare.publisher.http;

import dev.fanfare.access.apikey.ApiKeyCredential;
import dev.fanfare.access.apikey.ApiKeys;
import dev.fanfare.access.grant.BearerScheme;
import dev.fanfare.access.grant.Doorkeeper;
import dev.fanfare.access.grant.Verdict;
import dev.fanfare.contract.failure.ErrorCode;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/// Finds out who sent a request, by `Authorization`: `Bearer <token>`, or an API key. Blocks, while the key of a
/// token is looked for: call it on a virtual thread.
///
/// Made at the start, so that keys and revocations are known when the first request comes.
@Singleton
@Startup
final class Bearers {

    private final Doorkeeper doorkeeper;
    private final ApiKeys keys;
    private final Answers answers;

    Bearers(Doorkeeper doorkeeper, ApiKeys keys, Answers answers) {
        this.doorkeeper = doorkeeper;
        this.keys = keys;
        this.answers = answers;
    }

    /// Has `served` answer the request of whoever sent it, unless their token or their key is refused.
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
        return headers.size() == 1 ? verdict(headers.getFirst(), address) : malformed();
    }

    private Verdict verdict(String credentials, String address) {
        Optional<ApiKeyCredential> key = ApiKeyCredential.in(credentials);
        if (key.isPresent()) {
            return doorkeeper.admit(() -> keys.admit(key.get()), address);
        }
        return BearerScheme.tokenIn(credentials)
                .map(token ->
                        doorkeeper.admit(token, address).toCompletableFuture().join())
                .orElseGet(Bearers::malformed);
    }

    private static Verdict malformed() {
        return new Verdict.Refused(
                ErrorCode.TOKEN_MALFORMED, "Authorization is one header: Bearer and a token, or an API key");
    }
}

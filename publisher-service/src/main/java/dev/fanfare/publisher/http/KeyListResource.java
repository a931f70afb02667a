package dev.fanfare.publisher.http;

import dev.fanfare.access.apikey.ApiKeyCredential;
import dev.fanfare.access.apikey.ApiKeys;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.failure.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/// Making and listing API keys, for those who may do `admin` on every channel.
@Path("/v1/keys")
public final class KeyListResource {

    private static final Set<String> NAMES = Set.of("cursor", "limit");
    private static final int DEFAULT_LIMIT = 100;
    private static final long MAX_CURSOR = 999_999_999_999_999_999L;

    private final Admins admins;
    private final RequestIntake intake;
    private final ReadIntake reads;
    private final ApiKeyStore store;
    private final ApiKeys keys;
    private final Answers answers;
    private final SecureRandom random = new SecureRandom();

    KeyListResource(
            Admins admins, RequestIntake intake, ReadIntake reads, ApiKeyStore store, ApiKeys keys, Answers answers) {
        this.admins = admins;
        this.intake = intake;
        this.reads = reads;
        this.store = store;
        this.keys = keys;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> make(@Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return admins.admit(exchange, "making API keys", () -> intake.takeJson(exchange, this::make));
    }

    private RestResponse<JsonBody> make(byte[] body) {
        return switch (KeyRequest.read(body)) {
            case KeyRequest.Understood make -> {
                var credential = ApiKeyCredential.drawn(random);
                ApiKey key = BrokerAnswer.await(store.create(new ApiKey.Draft(
                        credential.id(),
                        credential.secretHash(),
                        make.name(),
                        make.capability().toJson())));
                keys.learn(key);
                yield answers.createdInPrivate(new KeyReceipt(key, credential));
            }
            case KeyRequest.Refused(String detail) -> answers.problem(new Problem(ErrorCode.BODY_INVALID, detail));
        };
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> list(@Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return admins.admit(exchange, "listing API keys", () -> reads.take(() -> list(exchange)));
    }

    private RestResponse<JsonBody> list(HttpExchange exchange) {
        var parameters = new ReadParameters(exchange.query(), NAMES);
        long after = parameters.number("cursor", 0, MAX_CURSOR, 0);
        int limit = (int) parameters.number("limit", 1, ApiKeyStore.MAX_LIMIT, DEFAULT_LIMIT);
        return parameters.problem().map(answers::problem).orElseGet(() -> page(after, limit));
    }

    private RestResponse<JsonBody> page(long after, int limit) {
        List<ApiKey> page = BrokerAnswer.await(store.changedSince(after, limit));
        if (page.size() < limit) {
            return answers.page(new KeyListBody(page, OptionalLong.empty()), Optional.empty());
        }
        long next = page.getLast().version();
        return answers.page(
                new KeyListBody(page, OptionalLong.of(next)), Optional.of("keys?limit=" + limit + "&cursor=" + next));
    }
}

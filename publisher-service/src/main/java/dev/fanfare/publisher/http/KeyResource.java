package dev.fanfare.publisher.http;

import dev.fanfare.access.apikey.ApiKeys;
import dev.fanfare.access.revocation.Revocations;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.broker.RevocationTarget.Kind;
import dev.fanfare.contract.failure.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// One API key: disabling, enabling and removing it, for those who may do `admin` on every channel.
@Path("/v1/keys/{key}")
public final class KeyResource {

    private final Admins admins;
    private final RequestIntake intake;
    private final ApiKeyStore store;
    private final ApiKeys keys;
    private final Revocations revocations;
    private final Answers answers;

    KeyResource(
            Admins admins,
            RequestIntake intake,
            ApiKeyStore store,
            ApiKeys keys,
            Revocations revocations,
            Answers answers) {
        this.admins = admins;
        this.intake = intake;
        this.store = store;
        this.keys = keys;
        this.revocations = revocations;
        this.answers = answers;
    }

    @PATCH
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> change(@RestPath String key, @Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return admins.admit(
                exchange,
                "changing API keys",
                () -> intake.takeJson(exchange, bytes -> named(exchange, key, () -> change(key, bytes))));
    }

    private RestResponse<JsonBody> change(String id, byte[] body) {
        Optional<Boolean> isEnabled = KeyChange.read(body);
        if (isEnabled.isEmpty()) {
            return answers.problem(new Problem(ErrorCode.BODY_INVALID, KeyChange.FORM));
        }
        return BrokerAnswer.await(store.enable(id, isEnabled.get()))
                .map(this::changed)
                .orElseGet(this::unknown);
    }

    /// What was issued for a key that is disabled is revoked after it, so that nothing can be issued in
    /// between. Who is told that this failed disables it again.
    private RestResponse<JsonBody> changed(ApiKey key) {
        keys.learn(key);
        if (!key.isEnabled()) {
            BrokerAnswer.await(revocations.revoke(new RevocationTarget(Kind.KEY, key.id()), Duration.ZERO));
        }
        return answers.page(new KeyBody(key), Optional.empty());
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> remove(@RestPath String key, @Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return admins.admit(exchange, "removing API keys", () -> named(exchange, key, () -> remove(key)));
    }

    private RestResponse<JsonBody> remove(String id) {
        return switch (BrokerAnswer.await(store.remove(id))) {
            case REMOVED -> answers.page(new KeyRemoval(id), Optional.empty());
            case UNKNOWN -> unknown();
            case ENABLED -> answers.problem(new Problem(ErrorCode.API_KEY_ENABLED, "disable it first"));
        };
    }

    private RestResponse<JsonBody> named(HttpExchange exchange, String id, Supplier<RestResponse<JsonBody>> served) {
        return exchange.hasPathParameters() || !ApiKey.isId(id) ? unknown() : served.get();
    }

    private RestResponse<JsonBody> unknown() {
        return answers.problem(new Problem(ErrorCode.NOT_FOUND, "there is no such API key"));
    }
}

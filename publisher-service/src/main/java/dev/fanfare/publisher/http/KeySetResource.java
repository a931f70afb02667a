package dev.fanfare.publisher.http;

import dev.fanfare.publisher.issue.TokenIssuing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/// The public keys by which anybody can check the tokens that are issued here.
@Path("/.well-known/jwks.json")
public final class KeySetResource {

    /// How long others may keep the set: less than a new key is public before it signs.
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    private final TokenIssuing issuing;
    private final Answers answers;

    KeySetResource(TokenIssuing issuing, Answers answers) {
        this.issuing = issuing;
        this.answers = answers;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> keySet(@Context RoutingContext context) {
        return new ReadParameters(new HttpExchange(context).query(), Set.of())
                .problem()
                .map(answers::problem)
                .orElseGet(() -> answers.kept(new KeySetBody(issuing.keySet()), KEPT_FOR));
    }
}

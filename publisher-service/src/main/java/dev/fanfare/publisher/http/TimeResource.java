package dev.fanfare.publisher.http;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/// The service's time, for those who compare it with their own.
@Path("/v1/time")
public final class TimeResource {

    private final Clock clock;
    private final Answers answers;

    TimeResource(Clock clock, Answers answers) {
        this.clock = clock;
        this.answers = answers;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> time(@Context RoutingContext context) {
        return new ReadParameters(new HttpExchange(context).query(), Set.of())
                .problem()
                .map(answers::problem)
                .orElseGet(() -> answers.page(new TimeBody(clock.millis()), Optional.empty()));
    }
}

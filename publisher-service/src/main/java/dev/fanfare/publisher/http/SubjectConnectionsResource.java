package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.ConnectionEnd.Kind;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// All connections of a subject, which can be closed.
@Path("/v1/subjects/{subject}/connections")
public final class SubjectConnectionsResource {

    private final ConnectionEnding ending;

    SubjectConnectionsResource(ConnectionEnding ending) {
        this.ending = ending;
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> close(@RestPath String subject, @Context RoutingContext context) {
        return ending.end(new HttpExchange(context), Kind.SUBJECT, subject);
    }
}

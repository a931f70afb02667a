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

/// One connection, which can be closed.
@Path("/v1/connections/{connection}")
public final class ConnectionResource {

    private final ConnectionEnding ending;

    ConnectionResource(ConnectionEnding ending) {
        this.ending = ending;
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> close(@RestPath String connection, @Context RoutingContext context) {
        return ending.end(new HttpExchange(context), Kind.CONNECTION, connection);
    }
}

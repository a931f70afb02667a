package dev.fanfare.publisher.http;

import dev.fanfare.access.revocation.Revocations;
import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.failure.ErrorCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/// Revoking tokens, for those who may do `admin` on every channel.
@Path("/v1/revocations")
public final class RevocationResource {

    private final Admins admins;
    private final RequestIntake intake;
    private final Revocations revocations;
    private final Answers answers;

    RevocationResource(Admins admins, RequestIntake intake, Revocations revocations, Answers answers) {
        this.admins = admins;
        this.intake = intake;
        this.revocations = revocations;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> revoke(@Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return admins.admit(exchange, "revoking", () -> intake.takeJson(exchange, this::revoke));
    }

    private RestResponse<JsonBody> revoke(byte[] body) {
        return switch (Revoking.read(body)) {
            case Revoking.Refused(String detail) -> answers.problem(new Problem(ErrorCode.BODY_INVALID, detail));
            case Revoking.Understood understood -> {
                Revocation revocation = BrokerAnswer.await(revocations.revoke(understood.target(), understood.grace()));
                yield answers.created(new RevocationReceipt(revocation));
            }
        };
    }
}

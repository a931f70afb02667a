package dev.fanfare.publisher.http;

import dev.fanfare.access.grant.Grant;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.publisher.issue.Issuing;
import dev.fanfare.publisher.issue.TokenIssuing;
import dev.fanfare.publisher.issue.TokenOrder;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/// Issuing tokens, to those who hold API keys.
@Path("/v1/tokens")
public final class TokenResource {

    private final Bearers bearers;
    private final RequestIntake intake;
    private final TokenIssuing issuing;
    private final Answers answers;

    TokenResource(Bearers bearers, RequestIntake intake, TokenIssuing issuing, Answers answers) {
        this.bearers = bearers;
        this.intake = intake;
        this.issuing = issuing;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> issue(@Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return bearers.admit(exchange, bearer -> intake.takeJson(exchange, bytes -> issue(bearer, bytes)));
    }

    private RestResponse<JsonBody> issue(Bearer bearer, byte[] body) {
        return switch (TokenRequest.read(body)) {
            case TokenRequest.Reading.Refused(String detail) ->
                answers.problem(new Problem(ErrorCode.BODY_INVALID, detail));
            case TokenRequest.Reading.Understood(var order) ->
                bearer.problemOfIssuing().map(answers::problem).orElseGet(() -> issue(bearer.grant(), order));
        };
    }

    private RestResponse<JsonBody> issue(Grant grant, TokenOrder order) {
        return switch (issuing.issue(grant, order)) {
            case Issuing.Issued issued -> answers.createdInPrivate(new TokenReceipt(issued));
            case Issuing.Refused(ErrorCode code, String detail) -> answers.problem(new Problem(code, detail));
        };
    }
}

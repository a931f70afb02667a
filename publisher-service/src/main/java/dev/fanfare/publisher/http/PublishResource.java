package dev.fanfare.publisher.http;

import dev.fanfare.messaging.admission.AdmissionGate;
import dev.fanfare.messaging.publish.Draft;
import dev.fanfare.messaging.publish.Publishing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// Publishing to one channel over HTTP: take in, read, admit, publish, answer.
@Path("/v1/channels/{channel}/messages")
public final class PublishResource {

    private final RequestIntake intake;
    private final AdmissionGate gate;
    private final Publishing publishing;
    private final Answers answers;

    PublishResource(RequestIntake intake, AdmissionGate gate, Publishing publishing, Answers answers) {
        this.intake = intake;
        this.gate = gate;
        this.publishing = publishing;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> publish(@RestPath String channel, @Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return intake.take(exchange, (bearer, bytes) -> read(bearer, exchange.publishHead(channel), bytes));
    }

    private RestResponse<JsonBody> read(Bearer bearer, PublishHead head, byte[] body) {
        return switch (PublishReader.read(head, body)) {
            case PublishReading.Understood(Draft draft) ->
                admit(bearer, List.of(draft), () -> new PublishReceipt(publishing.publish(bearer.signed(draft))));
            case PublishReading.Sequence(List<Draft> drafts) ->
                admit(
                        bearer,
                        drafts,
                        () -> new PublishReceipts(publishing.publishAll(
                                drafts.stream().map(bearer::signed).toList())));
            case PublishReading.Refused(Problem problem) -> intake.refuse(problem);
        };
    }

    private RestResponse<JsonBody> admit(Bearer bearer, List<Draft> drafts, Supplier<JsonBody> published) {
        return drafts.stream()
                .flatMap(draft -> bearer.problemOf(draft).stream())
                .findFirst()
                .or(() -> bearer.problemOfRate(drafts.size()))
                .or(() -> intake.problemOf(gate.admit(drafts), drafts.size()))
                .map(intake::refuse)
                .orElseGet(() -> answers.created(published.get()));
    }
}

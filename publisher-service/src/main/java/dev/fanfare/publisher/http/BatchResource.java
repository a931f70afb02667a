package dev.fanfare.publisher.http;

import dev.fanfare.messaging.admission.Admission;
import dev.fanfare.messaging.admission.AdmissionGate;
import dev.fanfare.messaging.publish.Attempted;
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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/// Publishing to many channels by one request: each message is admitted and published for itself.
@Path("/v1/messages")
public final class BatchResource {

    private final RequestIntake intake;
    private final AdmissionGate gate;
    private final Publishing publishing;
    private final Answers answers;

    BatchResource(RequestIntake intake, AdmissionGate gate, Publishing publishing, Answers answers) {
        this.intake = intake;
        this.gate = gate;
        this.publishing = publishing;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> publish(@Context RoutingContext context) {
        var exchange = new HttpExchange(context);
        return intake.take(exchange, (bearer, bytes) -> read(bearer, exchange.publishHead(null), bytes));
    }

    private RestResponse<JsonBody> read(Bearer bearer, PublishHead head, byte[] body) {
        return switch (BatchReader.read(head, body)) {
            case BatchReading.Refused(Problem problem) -> intake.refuse(problem);
            case BatchReading.Messages(List<PublishReading> readings) ->
                gate.admitCount(readings.size()) instanceof Admission.Refused refused
                        ? intake.refuse(RequestIntake.problemOf(refused))
                        : answers.batch(publish(bearer, readings));
        };
    }

    private BatchResults publish(Bearer bearer, List<PublishReading> readings) {
        List<Draft> drafts = new ArrayList<>();
        List<Optional<Problem>> refusals =
                readings.stream().map(reading -> admit(bearer, reading, drafts)).toList();
        Iterator<Attempted> attempts = publishing.publishEach(drafts).iterator();
        return new BatchResults(refusals.stream()
                .map(refusal -> refusal.<JsonBody>map(problem -> problem).orElseGet(() -> result(attempts.next())))
                .toList());
    }

    /// Adds the draft to `drafts`, or says why not.
    private Optional<Problem> admit(Bearer bearer, PublishReading reading, List<Draft> drafts) {
        return switch (reading) {
            case PublishReading.Refused(Problem problem) -> Optional.of(intake.counted(problem));
            case PublishReading.Sequence _ -> throw new IllegalStateException("an array in an array");
            case PublishReading.Understood(Draft draft) -> {
                Optional<Problem> problem = bearer.problemOf(draft)
                        .or(() -> bearer.problemOfRate(1))
                        .or(() -> intake.problemOf(gate.admit(List.of(draft)), 1));
                problem.ifPresentOrElse(intake::counted, () -> drafts.add(bearer.signed(draft)));
                yield problem;
            }
        };
    }

    private static JsonBody result(Attempted attempted) {
        return switch (attempted) {
            case Attempted.Stored(var published) -> new PublishReceipt(published);
            case Attempted.Failed(var fault) -> Problem.of(fault);
        };
    }
}

package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.publisher.admission.Admission;
import dev.fanfare.publisher.admission.AdmissionGate;
import dev.fanfare.publisher.admission.AdmissionMetrics;
import dev.fanfare.publisher.admission.Place;
import dev.fanfare.publisher.publish.Draft;
import dev.fanfare.publisher.publish.Publishing;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/// Publishing over HTTP: take a place, read, admit, publish, answer.
@Path("/v1/channels/{channel}/messages")
public final class PublishResource {

    private final AdmissionGate gate;
    private final AdmissionMetrics metrics;
    private final BodyReader bodies;
    private final Publishing publishing;
    private final Answers answers;

    PublishResource(
            AdmissionGate gate, AdmissionMetrics metrics, BodyReader bodies, Publishing publishing, Answers answers) {
        this.gate = gate;
        this.metrics = metrics;
        this.bodies = bodies;
        this.publishing = publishing;
        this.answers = answers;
    }

    /// The body is taken as a stream, so that nothing of it is buffered before there is a place for it.
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public RestResponse<JsonBody> publish(@RestPath String channel, @Context RoutingContext context, InputStream body) {
        var exchange = new HttpExchange(context);
        Optional<Place> place = gate.enter();
        if (place.isEmpty()) {
            exchange.closeAfterAnswer();
            return refused(new Problem(ErrorCode.OVERLOADED, "nothing of the message was stored"));
        }
        try (Place _ = place.get()) {
            return read(channel, exchange, body);
        }
    }

    private RestResponse<JsonBody> read(String channel, HttpExchange exchange, InputStream body) {
        return switch (bodies.read(body, exchange.declaredBytes())) {
            case BodyReading.Whole whole -> read(exchange.publishHead(channel), whole.bytes());
            case BodyReading.TooLarge(int maxBytes, boolean isConsumed) -> {
                if (!isConsumed) {
                    exchange.closeAfterAnswer();
                }
                yield refused(
                        new Problem(ErrorCode.MESSAGE_TOO_LARGE, "the body has more than " + maxBytes + " bytes"));
            }
            case BodyReading.Incomplete(String detail) -> {
                exchange.closeAfterAnswer();
                yield refused(new Problem(ErrorCode.BODY_INCOMPLETE, detail));
            }
        };
    }

    private RestResponse<JsonBody> read(PublishHead head, byte[] body) {
        return switch (PublishReader.read(head, body)) {
            case PublishReading.Understood(Draft draft) -> admit(draft);
            case PublishReading.Refused(Problem problem) -> refused(problem);
        };
    }

    private RestResponse<JsonBody> admit(Draft draft) {
        return switch (gate.admit(draft)) {
            case Admission.Admitted(Draft admitted) -> {
                metrics.admitted();
                yield answers.created(new PublishReceipt(publishing.publish(admitted)));
            }
            case Admission.TooLarge(int dataBytes, int maxBytes) ->
                refused(new Problem(
                        ErrorCode.MESSAGE_TOO_LARGE,
                        "the data has " + dataBytes + " bytes as JSON; at most " + maxBytes + " are taken"));
        };
    }

    private RestResponse<JsonBody> refused(Problem problem) {
        metrics.refused(problem.code());
        return answers.problem(problem);
    }
}

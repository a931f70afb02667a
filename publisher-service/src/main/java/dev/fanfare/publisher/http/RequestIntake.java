package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.messaging.admission.Admission;
import dev.fanfare.messaging.admission.AdmissionGate;
import dev.fanfare.messaging.admission.AdmissionMetrics;
import dev.fanfare.messaging.admission.Place;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/// Takes publish requests in: a place first, then the body. Answers those that get neither, and counts
/// whatever is refused.
@Singleton
final class RequestIntake {

    private final AdmissionGate gate;
    private final AdmissionMetrics metrics;
    private final BodyReader bodies;
    private final Answers answers;

    RequestIntake(AdmissionGate gate, AdmissionMetrics metrics, BodyReader bodies, Answers answers) {
        this.gate = gate;
        this.metrics = metrics;
        this.bodies = bodies;
        this.answers = answers;
    }

    /// Has `served` answer the request with its whole body. Blocks: call it on a virtual thread.
    ///
    /// @param body a stream, so that nothing of it is buffered before there is a place for it
    RestResponse<JsonBody> take(
            HttpExchange exchange, InputStream body, Function<byte[], RestResponse<JsonBody>> served) {
        Optional<Place> place = gate.enter();
        if (place.isEmpty()) {
            exchange.closeAfterAnswer();
            return refuse(new Problem(ErrorCode.OVERLOADED, "nothing of the message was stored"));
        }
        try (Place _ = place.get()) {
            return read(exchange, body, served);
        }
    }

    private RestResponse<JsonBody> read(
            HttpExchange exchange, InputStream body, Function<byte[], RestResponse<JsonBody>> served) {
        return switch (bodies.read(body, exchange.declaredBytes())) {
            case BodyReading.Whole whole -> served.apply(whole.bytes());
            case BodyReading.TooLarge(int maxBytes, boolean isConsumed) -> {
                if (!isConsumed) {
                    exchange.closeAfterAnswer();
                }
                yield refuse(new Problem(ErrorCode.MESSAGE_TOO_LARGE, "the body has more than " + maxBytes + " bytes"));
            }
            case BodyReading.Incomplete(String detail) -> {
                exchange.closeAfterAnswer();
                yield refuse(new Problem(ErrorCode.BODY_INCOMPLETE, detail));
            }
        };
    }

    /// The answer to a request that is refused.
    RestResponse<JsonBody> refuse(Problem problem) {
        return answers.problem(counted(problem));
    }

    /// Counts `problem` as a refusal.
    Problem counted(Problem problem) {
        metrics.refused(problem.code());
        return problem;
    }

    /// What is wrong with messages that are not admitted; empty when they are, and counts those.
    Optional<Problem> problemOf(Admission admission, int messages) {
        return switch (admission) {
            case Admission.Admitted _ -> {
                metrics.admitted(messages);
                yield Optional.empty();
            }
            case Admission.TooMany(int count, int max) -> Optional.of(tooMany(count, max));
            case Admission.TooLarge(int index, int dataBytes, int maxBytes) -> {
                var problem = new Problem(
                        ErrorCode.MESSAGE_TOO_LARGE,
                        "data and extras have " + dataBytes + " bytes as JSON; at most " + maxBytes + " are taken");
                yield Optional.of(messages == 1 ? problem : problem.at(index));
            }
        };
    }

    static Problem tooMany(int count, int max) {
        return new Problem(
                ErrorCode.TOO_MANY_MESSAGES, "the request has " + count + " messages; at most " + max + " are taken");
    }
}

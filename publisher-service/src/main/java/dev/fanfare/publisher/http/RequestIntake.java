package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.messaging.admission.Admission;
import dev.fanfare.messaging.admission.AdmissionGate;
import dev.fanfare.messaging.admission.AdmissionMetrics;
import dev.fanfare.messaging.admission.Entrance;
import dev.fanfare.messaging.admission.PublishPlace;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/// Takes publish requests in: who sent it, then a place, then the body. Answers those that do not get so far, and
/// counts whatever is refused.
@Singleton
final class RequestIntake {

    private final Bearers bearers;
    private final AdmissionGate gate;
    private final AdmissionMetrics metrics;
    private final BodyReader bodies;
    private final Answers answers;

    RequestIntake(Bearers bearers, AdmissionGate gate, AdmissionMetrics metrics, BodyReader bodies, Answers answers) {
        this.bearers = bearers;
        this.gate = gate;
        this.metrics = metrics;
        this.bodies = bodies;
        this.answers = answers;
    }

    /// Has `served` answer the request with whoever sent it and the whole body. Blocks: call it on a virtual thread.
    RestResponse<JsonBody> take(HttpExchange exchange, BiFunction<Bearer, byte[], RestResponse<JsonBody>> served) {
        return bearers.admit(exchange, bearer -> take(exchange, bytes -> served.apply(bearer, bytes)), this::refuse);
    }

    /// Has `served` answer the request with the whole body, whoever sent it. Blocks.
    RestResponse<JsonBody> take(HttpExchange exchange, Function<byte[], RestResponse<JsonBody>> served) {
        return switch (gate.enter(exchange.caller())) {
            case Entrance.Refused(ErrorCode code, String detail) -> {
                exchange.closeAfterAnswer();
                yield refuse(new Problem(code, detail));
            }
            case Entrance.Entered entered -> {
                try (PublishPlace place = entered.place()) {
                    yield read(exchange, place, served);
                }
            }
        };
    }

    /// The same for a body that has to be JSON.
    RestResponse<JsonBody> takeJson(HttpExchange exchange, Function<byte[], RestResponse<JsonBody>> served) {
        return take(
                exchange,
                bytes -> exchange.problemOfJsonBody().map(answers::problem).orElseGet(() -> served.apply(bytes)));
    }

    private RestResponse<JsonBody> read(
            HttpExchange exchange, PublishPlace place, Function<byte[], RestResponse<JsonBody>> served) {
        return switch (bodies.read(exchange, place::hold)) {
            case BodyReading.Whole whole -> served.apply(whole.bytes());
            case BodyReading.TooLarge(int maxBytes, boolean isConsumed) -> {
                if (!isConsumed) {
                    exchange.closeAfterAnswer();
                }
                yield refuse(new Problem(ErrorCode.MESSAGE_TOO_LARGE, "the body has more than " + maxBytes + " bytes"));
            }
            case BodyReading.NoRoom(boolean isConsumed) -> {
                if (!isConsumed) {
                    exchange.closeAfterAnswer();
                }
                yield refuse(new Problem(ErrorCode.OVERLOADED, PublishPlace.NO_ROOM));
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
            case Admission.TooLarge tooLarge
            when messages > 1 -> Optional.of(problemOf(tooLarge).at(tooLarge.index()));
            case Admission.Refused refused -> Optional.of(problemOf(refused));
        };
    }

    static Problem problemOf(Admission.Refused refused) {
        return new Problem(refused.code(), refused.detail());
    }
}

package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.messaging.admission.AdmissionGate;
import dev.fanfare.messaging.admission.Place;
import dev.fanfare.messaging.read.ReadMetrics;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;

/// Takes reads in: gives each a place and counts how it ends.
@Singleton
final class ReadIntake {

    private final AdmissionGate gate;
    private final ReadMetrics metrics;
    private final Answers answers;

    ReadIntake(AdmissionGate gate, ReadMetrics metrics, Answers answers) {
        this.gate = gate;
        this.metrics = metrics;
        this.answers = answers;
    }

    /// Has `served` answer the request when there is a place. Blocks: call it on a virtual thread.
    RestResponse<JsonBody> take(Supplier<RestResponse<JsonBody>> served) {
        ReadMetrics.Attempt attempt = metrics.started();
        Optional<Place> place = gate.enterRead();
        if (place.isEmpty()) {
            attempt.overloaded();
            return answers.problem(new Problem(ErrorCode.OVERLOADED, "nothing was read"));
        }
        try (Place _ = place.get()) {
            RestResponse<JsonBody> answer = served.get();
            attempt.ended(answer.getStatus() < 400);
            return answer;
        } catch (RuntimeException e) {
            attempt.failed();
            throw e;
        }
    }
}

package dev.fanfare.publisher.http;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// Makes HTTP answers of receipts and problems.
@Singleton
@Startup
final class Answers {

    private final String retryAfterSeconds;

    Answers(HttpConfig config) {
        Duration retryAfter = config.retryAfter();
        if (retryAfter.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "fanfare.publisher.http.retry-after is at least 1s but is " + retryAfter);
        }
        retryAfterSeconds = String.valueOf(retryAfter.toSeconds());
    }

    RestResponse<JsonBody> created(PublishReceipt receipt) {
        return RestResponse.status(Status.CREATED, receipt);
    }

    RestResponse<JsonBody> problem(Problem problem) {
        return problemBuilder(problem).build();
    }

    ResponseBuilder<JsonBody> problemBuilder(Problem problem) {
        int status = problem.code().httpStatus();
        ResponseBuilder<JsonBody> answer =
                ResponseBuilder.<JsonBody>create(status).entity(problem).type(Problem.MEDIA_TYPE);
        return status == Status.SERVICE_UNAVAILABLE.getStatusCode()
                ? answer.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds)
                : answer;
    }
}

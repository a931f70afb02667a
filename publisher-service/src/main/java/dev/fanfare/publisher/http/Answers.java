package dev.fanfare.publisher.http;

import static java.util.Objects.requireNonNullElse;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/// Makes HTTP answers of receipts and problems.
@Singleton
final class Answers {

    private static final int MULTI_STATUS = 207;
    private static final int UNAUTHORIZED = 401;

    private final RetryAfter retryAfter;

    Answers(RetryAfter retryAfter) {
        this.retryAfter = retryAfter;
    }

    /// @param receipt that of one message, or those of several
    RestResponse<JsonBody> created(JsonBody receipt) {
        return RestResponse.status(Status.CREATED, receipt);
    }

    /// What its reader alone may see, and nobody may keep.
    RestResponse<JsonBody> createdInPrivate(JsonBody secret) {
        return ResponseBuilder.<JsonBody>create(Status.CREATED)
                .entity(secret)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /// It is on its way.
    RestResponse<JsonBody> accepted(JsonBody receipt) {
        return RestResponse.status(Status.ACCEPTED, receipt);
    }

    /// 201 when every message is stored, else 207: the results say which.
    RestResponse<JsonBody> batch(BatchResults results) {
        if (results.isAllStored()) {
            return created(results);
        }
        ResponseBuilder<JsonBody> answer =
                ResponseBuilder.<JsonBody>create(MULTI_STATUS).entity(results).type(MediaType.APPLICATION_JSON);
        return results.isWorthARetry()
                ? answer.header(HttpHeaders.RETRY_AFTER, retryAfter.next(results.longestWait()))
                        .build()
                : answer.build();
    }

    /// What was asked for, of this moment.
    ///
    /// @param next where the next page is, a relative reference in ASCII
    RestResponse<JsonBody> page(JsonBody body, Optional<String> next) {
        ResponseBuilder<JsonBody> answer = ResponseBuilder.<JsonBody>create(Status.OK)
                .entity(body)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        next.ifPresent(reference -> answer.header(HttpHeaders.LINK, "<" + reference + ">; rel=\"next\""));
        return answer.build();
    }

    /// What anybody may keep for so long.
    RestResponse<JsonBody> kept(JsonBody body, Duration time) {
        return ResponseBuilder.<JsonBody>create(Status.OK)
                .entity(body)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + time.toSeconds())
                .build();
    }

    RestResponse<JsonBody> problem(Problem problem) {
        return problemBuilder(problem).build();
    }

    ResponseBuilder<JsonBody> problemBuilder(Problem problem) {
        ResponseBuilder<JsonBody> answer = ResponseBuilder.<JsonBody>create(
                        problem.code().httpStatus())
                .entity(problem)
                .type(Problem.MEDIA_TYPE);
        if (problem.code().httpStatus() == UNAUTHORIZED) {
            return answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return problem.isOfTheMoment()
                ? answer.header(
                        HttpHeaders.RETRY_AFTER, retryAfter.next(requireNonNullElse(problem.pause(), Duration.ZERO)))
                : answer;
    }
}

package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Exceptions → problems: what JAX-RS refuses by itself, faults, and everything unexpected.
final class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final Answers answers;

    ProblemMapper(Answers answers) {
        this.answers = answers;
    }

    /// Refusals of the framework: no such path, method, media type.
    @ServerExceptionMapper
    RestResponse<JsonBody> refusal(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(e);
        }
        ErrorCode code = RefusedStatus.codeOf(isMethodMissing(status) ? METHOD_NOT_ALLOWED : status);
        var answer = answers.problemBuilder(new Problem(code, RefusedStatus.detailOf(code)));
        if (code == ErrorCode.METHOD_NOT_ALLOWED) {
            answer.header(HttpHeaders.ALLOW, String.join(", ", AllowedMethods.ofCurrentRequest()));
        }
        return answer.build();
    }

    /// A path without the method is compared with shorter paths too, and ends as not found when those are none.
    private static boolean isMethodMissing(int status) {
        return status == NOT_FOUND && AllowedMethods.excludeCurrentRequest();
    }

    @ServerExceptionMapper
    RestResponse<JsonBody> fault(FanfareException e) {
        return answers.problem(Problem.of(e));
    }

    /// The detail is for the log alone: what went wrong inside is nobody's business outside.
    @ServerExceptionMapper
    RestResponse<JsonBody> unexpected(Throwable e) {
        LOG.error("a request failed unexpectedly", e);
        return answers.problem(new Problem(ErrorCode.INTERNAL, "the service's log says more"));
    }
}

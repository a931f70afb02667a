package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.JsonWriting;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestPath;

/// Answers the `type` links of problems with what the error means.
@Path("/v1/errors/{name}")
public final class ErrorResource {

    /// The address of `code`'s explanation, as a reference relative to the service.
    static String pathOf(ErrorCode code) {
        return "/v1/errors/" + code.slug();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public JsonBody error(@RestPath String name) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.slug().equals(name))
                .findFirst()
                .map(Explanation::new)
                .orElseThrow(NotFoundException::new);
    }

    /// One row of the table of errors.
    private record Explanation(ErrorCode code) implements JsonBody {

        @Override
        public String toJson() {
            var json = new StringBuilder(256).append("{\"code\":").append(code.number());
            JsonWriting.appendMember(json, "name", code.slug());
            json.append(",\"status\":").append(code.httpStatus());
            JsonWriting.appendMember(json, "title", code.text());
            JsonWriting.appendMember(json, "remedy", code.remedy());
            String retry = code.retry().name().toLowerCase(Locale.ROOT).replace('_', '-');
            JsonWriting.appendMember(json, "retry", retry);
            return json.append('}').toString();
        }
    }
}

package dev.fanfare.publisher.http;

import static java.util.Objects.requireNonNullElse;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.JsonWriting;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A refusal or a failure in the form of RFC 9457.
///
/// | component | meaning                                                          |
/// |-----------|------------------------------------------------------------------|
/// | `code`    | gives type, title, status and remedy                             |
/// | `detail`  | what was wrong this time; text for people, safe to show to them  |
/// | `pause`   | when it may be better, or null when that is not known            |
record Problem(ErrorCode code, String detail, @Nullable Duration pause) implements JsonBody {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    Problem(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    /// What is wrong with the request because of `fault`.
    static Problem of(FanfareException fault) {
        return new Problem(
                fault.code(),
                requireNonNullElse(fault.getMessage(), fault.code().text()));
    }

    /// The same, said of the message at `index`, from 0, of several.
    Problem at(int index) {
        return new Problem(code, "message " + index + ": " + detail, pause);
    }

    /// Whether the moment, rather than the request, is the reason, and another may be better.
    boolean isOfTheMoment() {
        return code.httpStatus() == UNAVAILABLE || code.httpStatus() == TOO_MANY;
    }

    @Override
    public String toJson() {
        var json = new StringBuilder(320).append("{\"type\":");
        JsonWriting.appendString(json, ErrorResource.pathOf(code));
        JsonWriting.appendMember(json, "title", code.text());
        json.append(",\"status\":").append(code.httpStatus());
        json.append(",\"code\":").append(code.number());
        JsonWriting.appendMember(json, "detail", detail);
        JsonWriting.appendMember(json, "remedy", code.remedy());
        return json.append('}').toString();
    }
}

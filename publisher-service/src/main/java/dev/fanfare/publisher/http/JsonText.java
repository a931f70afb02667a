package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.JsonReading;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a body that is one JSON value, and says what is wrong when it is not.
final class JsonText {

    private JsonText() {}

    @FunctionalInterface
    interface ValueReader {

        /// Reads the value whose first token the parser is on, to its last.
        void read(JsonParser parser) throws IOException;
    }

    /// Has `reader` read the value of `body`.
    ///
    /// @return why the body is not one JSON value; then nothing that was read counts
    static Optional<Problem> read(byte[] body, ValueReader reader) {
        if (body.length == 0) {
            return problem(ErrorCode.BODY_INVALID, "the body is empty");
        }
        try (JsonParser parser = JsonReading.parser(body)) {
            if (parser.nextToken() == null) {
                return problem(ErrorCode.BODY_INVALID, "the body is not a JSON object, but white space");
            }
            reader.read(parser);
            return parser.nextToken() == null
                    ? Optional.empty()
                    : problem(ErrorCode.BODY_NOT_JSON, "something follows the JSON value");
        } catch (StreamConstraintsException e) {
            return problem(
                    ErrorCode.BODY_INVALID,
                    JsonReading.isTooDeep(e)
                            ? "the body is nested deeper than " + JsonReading.MAX_DEPTH + " levels"
                            : "a number or a field name in the body is too long");
        } catch (JsonProcessingException e) {
            return problem(ErrorCode.BODY_NOT_JSON, "no valid JSON " + place(e.getLocation()));
        } catch (IOException _) {
            return problem(ErrorCode.BODY_NOT_JSON, "the body is not valid UTF-8");
        }
    }

    private static Optional<Problem> problem(ErrorCode code, String detail) {
        return Optional.of(new Problem(code, detail));
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null
                ? "in the body"
                : "at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}

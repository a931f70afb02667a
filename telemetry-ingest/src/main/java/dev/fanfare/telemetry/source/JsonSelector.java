package dev.fanfare.telemetry.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.message.JsonReading;
import dev.fanfare.contract.message.RawJson;
import java.io.IOException;
import java.util.Optional;

/// Picks the value out of a JSON document to which a pointer points, byte for byte.
final class JsonSelector {

    private final JsonPointer pointer;

    JsonSelector(JsonPointer pointer) {
        this.pointer = pointer;
    }

    /// The selected value, or empty when there is none.
    ///
    /// @throws IOException if `utf8` is not one JSON value, also outside of the selected part
    Optional<RawJson> select(byte[] utf8) throws IOException {
        RawJson document = RawJson.parse(utf8);
        if (pointer.matches()) {
            return Optional.of(document);
        }
        try (JsonParser parser = JsonReading.parser(document.utf8())) {
            JsonToken root = parser.nextToken();
            return isFound(parser, root, pointer)
                    ? Optional.of(JsonReading.valueAt(parser, document.utf8()))
                    : Optional.empty();
        }
    }

    /// Moves the parser to the selected value and says whether there is one.
    private static boolean isFound(JsonParser parser, JsonToken value, JsonPointer rest) throws IOException {
        if (rest.matches()) {
            return true;
        }
        return switch (value) {
            case START_OBJECT -> isFoundInObject(parser, rest);
            case START_ARRAY -> isFoundInArray(parser, rest);
            default -> false;
        };
    }

    private static boolean isFoundInObject(JsonParser parser, JsonPointer rest) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isOnPath = rest.matchesProperty(parser.currentName());
            JsonToken value = parser.nextToken();
            if (isOnPath) {
                return isFound(parser, value, rest.tail());
            }
            parser.skipChildren();
        }
        return false;
    }

    private static boolean isFoundInArray(JsonParser parser, JsonPointer rest) throws IOException {
        int index = 0;
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
            if (rest.matchesElement(index)) {
                return isFound(parser, value, rest.tail());
            }
            parser.skipChildren();
            index++;
        }
        return false;
    }
}

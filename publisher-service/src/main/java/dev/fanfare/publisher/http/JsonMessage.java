package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.JsonReading;
import java.io.IOException;
import java.util.Set;

/// Reads the JSON object that is one message.
final class JsonMessage {

    /// The fields that are text and may also be parameters.
    static final Set<String> TEXT_FIELDS = Set.of("id", "name", "clientId");

    private JsonMessage() {}

    /// Reads the object whose opening brace the parser is on, to its closing one.
    static void read(JsonParser parser, byte[] body, DraftFields fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            readField(parser, body, fields);
        }
    }

    private static void readField(JsonParser parser, byte[] body, DraftFields fields) throws IOException {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("data")) {
            fields.data(JsonReading.valueAt(parser, body));
        } else if (name.equals("extras")) {
            readExtras(parser, body, fields);
        } else if (!isText(name, fields)) {
            fields.refuse(ErrorCode.BODY_INVALID, "there is no field " + DraftFields.quoted(name));
        } else if (value == JsonToken.VALUE_STRING) {
            fields.text(DraftFields.Source.BODY, name, parser.getText());
        } else if (value != JsonToken.VALUE_NULL) {
            // Many writers give null for a field that is not set.
            fields.refuse(ErrorCode.BODY_INVALID, "\"" + name + "\" is not a string");
        }
        // An object or array where text belongs still has to be read past.
        parser.skipChildren();
    }

    private static void readExtras(JsonParser parser, byte[] body, DraftFields fields) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            fields.extras(JsonReading.valueAt(parser, body));
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            fields.refuse(ErrorCode.BODY_INVALID, "\"extras\" is not an object");
        }
    }

    private static boolean isText(String name, DraftFields fields) {
        return TEXT_FIELDS.contains(name)
                || name.equals("encoding")
                || (name.equals("channel") && fields.takesChannel());
    }
}

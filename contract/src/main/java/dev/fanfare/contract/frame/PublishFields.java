package dev.fanfare.contract.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.Base64Text;
import dev.fanfare.contract.message.JsonReading;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The fields of a publish request as far as they have been read, and the first thing that is wrong with them.
/// It matters only if the request turns out to be one.
final class PublishFields {

    private @Nullable RawJson data;
    private @Nullable String messageId;
    private @Nullable String name;
    private @Nullable String encoding;
    private @Nullable RawJson extras;
    private @Nullable String invalid;

    /// Reads the value of `field` on whose first token the parser stands.
    void read(String field, JsonParser parser, byte[] utf8) throws IOException {
        switch (field) {
            case "data" -> data = JsonReading.valueAt(parser, utf8);
            case "extras" -> readExtras(parser, utf8);
            default -> readText(field, parser);
        }
    }

    private void readExtras(JsonParser parser, byte[] utf8) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            extras = JsonReading.valueAt(parser, utf8);
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            refuse("extras is an object");
        }
    }

    private void readText(String field, JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        // Half a surrogate pair has no UTF-8 form, and two ids that differ in such would be stored as one.
        if (!Message.isValidField(text) || !UTF_8.newEncoder().canEncode(text)) {
            refuse(field + " is a string of 1 to " + Message.MAX_FIELD_LENGTH
                    + " characters without control characters");
            return;
        }
        switch (field) {
            case "messageId" -> messageId = text;
            case "name" -> name = text;
            default -> encoding = text;
        }
    }

    private void refuse(String detail) {
        if (invalid == null) {
            invalid = detail;
        }
    }

    FrameReading toReading(Channel channel, @Nullable RequestId id) {
        if (invalid != null) {
            return refused(invalid, id);
        }
        if (data == null) {
            return refused("data is missing", id);
        }
        if (encoding != null && !Base64Text.isEncoding(encoding)) {
            return refused("encoding is \"" + Message.BASE64 + "\", or left out", id);
        }
        if (encoding != null && !Base64Text.isIn(data)) {
            return refused("data is not a string in base64 although encoding says so", id);
        }
        return new FrameReading.Understood(
                new ClientFrame.Publish(channel, data, messageId, name, encoding, extras, id));
    }

    private static FrameReading refused(String detail, @Nullable RequestId id) {
        return new FrameReading.Refused(ErrorCode.FIELD_INVALID, detail, id);
    }
}

package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.IllegalCapabilityException;
import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.message.JsonReading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What a body asks to be made: `{"name":"shop","capability":{"orders.*":["publish"]}}`.
sealed interface KeyRequest {

    record Understood(String name, Capabilities capability) implements KeyRequest {}

    record Refused(String detail) implements KeyRequest {}

    /// Reads `body`.
    static KeyRequest read(byte[] body) {
        String name = null;
        Capabilities capability = null;
        try (JsonParser parser = JsonReading.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Refused("the body is a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                JsonToken value = parser.nextToken();
                if (member.equals("name") && value == JsonToken.VALUE_STRING) {
                    name = parser.getText();
                } else if (member.equals("capability")) {
                    capability =
                            Capabilities.parse(JsonReading.valueAt(parser, body).utf8());
                } else {
                    return new Refused("the body has name, a string, and capability, an object, and nothing else");
                }
            }
            return parser.nextToken() == null
                    ? toReading(name, capability)
                    : new Refused("something follows the object");
        } catch (IllegalCapabilityException e) {
            return new Refused("the capability: " + e.getMessage());
        } catch (IOException _) {
            return new Refused("the body is not valid JSON");
        }
    }

    private static KeyRequest toReading(@Nullable String name, @Nullable Capabilities capability) {
        if (name == null || capability == null) {
            return new Refused("the body has a name and a capability");
        }
        return ApiKey.isName(name)
                ? new Understood(name, capability)
                : new Refused("the name has 1 to 128 characters, none of them a control");
    }
}

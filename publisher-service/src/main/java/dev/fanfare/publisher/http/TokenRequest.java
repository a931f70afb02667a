package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.access.capability.Capabilities;
import dev.fanfare.access.capability.IllegalCapabilityException;
import dev.fanfare.access.token.Token;
import dev.fanfare.contract.message.JsonReading;
import dev.fanfare.publisher.issue.TokenOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a body orders: `{"subject":"alice","capability":{"chat.*":["subscribe"]},"lifetimeMs":60000}`, and perhaps a
/// `clientId`. Lives for one request on one thread.
final class TokenRequest {

    private static final String MEMBERS =
            "the body has subject, capability and perhaps clientId and lifetimeMs, and nothing else";

    /// What became of a body.
    sealed interface Reading {

        record Understood(TokenOrder order) implements Reading {}

        record Refused(String detail) implements Reading {}
    }

    private @Nullable String subject;
    private @Nullable String clientId;
    private @Nullable Capabilities capability;
    private @Nullable Duration lifetime;

    private TokenRequest() {}

    /// Reads `body`.
    static Reading read(byte[] body) {
        var request = new TokenRequest();
        try (JsonParser parser = JsonReading.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Reading.Refused("the body is a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (!request.take(parser.currentName(), parser, body)) {
                    return new Reading.Refused(MEMBERS);
                }
            }
            return parser.nextToken() == null ? request.order() : new Reading.Refused("something follows the object");
        } catch (IllegalCapabilityException e) {
            return new Reading.Refused("the capability: " + e.getMessage());
        } catch (IOException _) {
            return new Reading.Refused("the body is not valid JSON");
        }
    }

    /// @return whether the member is one of ours and of the right type
    private boolean take(String name, JsonParser parser, byte[] body) throws IOException {
        JsonToken value = parser.nextToken();
        switch (name) {
            case "subject" -> subject = value == JsonToken.VALUE_STRING ? parser.getText() : null;
            case "clientId" -> clientId = value == JsonToken.VALUE_STRING ? parser.getText() : "";
            case "capability" ->
                capability =
                        Capabilities.parse(JsonReading.valueAt(parser, body).utf8());
            case "lifetimeMs" -> {
                OptionalLong millis = JsonReading.wholeNumberAt(parser);
                if (millis.isEmpty()) {
                    return false;
                }
                lifetime = Duration.ofMillis(millis.getAsLong());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private Reading order() {
        if (subject == null || !Token.isSubject(subject)) {
            return new Reading.Refused("subject is a string of 1 to 255 printable characters");
        }
        if (clientId != null && !Token.isClientId(clientId)) {
            return new Reading.Refused("clientId is a string of 1 to 128 printable characters");
        }
        if (capability == null) {
            return new Reading.Refused("the body says in capability what the token is to allow");
        }
        return new Reading.Understood(new TokenOrder(subject, clientId, capability, lifetime));
    }
}

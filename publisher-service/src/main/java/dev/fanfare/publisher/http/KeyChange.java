package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.message.JsonReading;
import java.io.IOException;
import java.util.Optional;

/// What a body asks to be changed of an API key.
final class KeyChange {

    /// What a body has to be.
    static final String FORM = "the body is {\"enabled\":true} or {\"enabled\":false}";

    private KeyChange() {}

    /// Whether the key is to be enabled; empty if `body` is not of the [#FORM].
    static Optional<Boolean> read(byte[] body) {
        try (JsonParser parser = JsonReading.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || !"enabled".equals(parser.nextFieldName())) {
                return Optional.empty();
            }
            Boolean isEnabled = parser.nextBooleanValue();
            boolean isAll = parser.nextToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
            return isAll ? Optional.ofNullable(isEnabled) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}

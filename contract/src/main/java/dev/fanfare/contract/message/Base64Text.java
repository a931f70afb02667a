package dev.fanfare.contract.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;

/// Whether data is what its `encoding` says, so that no subscriber stumbles over it.
public final class Base64Text {

    private Base64Text() {}

    public static boolean isEncoding(String encoding) {
        return encoding.equals(Message.BASE64);
    }

    /// Whether `data` is a JSON string that holds base64. Escapes such as `\\/`, which some writers make, are fine.
    public static boolean isIn(RawJson data) {
        try (JsonParser parser = JsonReading.parser(data.utf8())) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                return false;
            }
            var _ = Base64.getDecoder().decode(parser.getText());
            return true;
        } catch (IllegalArgumentException | IOException _) {
            return false;
        }
    }
}

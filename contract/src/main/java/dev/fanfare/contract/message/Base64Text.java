package dev.fanfare.contract.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;

/// Whether data is what its `encoding` says, so that no subscriber stumbles over it.
public final class Base64Text {

    /// Three bytes, or padding.
    private static final int CHARACTERS_OF_A_GROUP = 4;

    private Base64Text() {}

    public static boolean isEncoding(String encoding) {
        return encoding.equals(Message.BASE64);
    }

    /// Whether `data` is a JSON string that holds base64 with padding. Escapes such as `\\/`, which some writers make,
    /// are fine.
    public static boolean isIn(RawJson data) {
        try (JsonParser parser = JsonReading.parser(data.utf8())) {
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                return false;
            }
            String text = parser.getText();
            var _ = Base64.getDecoder().decode(text);
            // Java's decoder does without the padding; those of some subscribers do not.
            return text.length() % CHARACTERS_OF_A_GROUP == 0;
        } catch (IllegalArgumentException | IOException _) {
            return false;
        }
    }
}

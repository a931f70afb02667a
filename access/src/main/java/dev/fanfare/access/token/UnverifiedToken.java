package dev.fanfare.access.token;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.JsonReading;
import dev.fanfare.contract.message.RawJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A token that was taken apart and not believed: what is needed to find the key that can check it.
///
/// | component    | meaning                                                      |
/// |--------------|--------------------------------------------------------------|
/// | `text`       | the token                                                    |
/// | `algorithm`  | `alg`                                                        |
/// | `keyId`      | `kid`, if named                                              |
/// | `issuer`     | `iss`                                                        |
/// | `capability` | the claim as it stands in the token, if there is one         |
record UnverifiedToken(
        String text,
        String algorithm,
        @Nullable String keyId,
        String issuer,
        @Nullable RawJson capability) {

    static final String CAPABILITY = "capability";

    private static final int SEGMENTS = 3;
    private static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_ISSUER_LENGTH = 255;

    /// @throws RefusedException if it is not three parts of canonical base64url of which the first two are JSON
    ///     objects
    static UnverifiedToken read(String text) throws RefusedException {
        String[] parts = text.split("\\.", -1);
        if (parts.length != SEGMENTS) {
            throw malformed("it does not have three parts");
        }
        byte[] head = decoded(parts[0], "header");
        byte[] claims = decoded(parts[1], "payload");
        decoded(parts[2], "signature");
        var header = new Header();
        var payload = new Payload();
        readObject(head, "header", header);
        readObject(claims, "payload", payload);
        if (header.algorithm == null) {
            throw malformed("its header has no alg");
        }
        if (payload.issuer == null) {
            throw new RefusedException(ErrorCode.TOKEN_CLAIM_MISSING, "it has no iss");
        }
        return new UnverifiedToken(text, header.algorithm, header.keyId, payload.issuer, payload.capability);
    }

    private static byte[] decoded(String part, String name) throws RefusedException {
        return Base64Url.decode(part).orElseThrow(() -> malformed("its " + name + " is not canonical base64url"));
    }

    private static void readObject(byte[] utf8, String name, Members members) throws RefusedException {
        try (JsonParser parser = JsonReading.parser(utf8)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("its " + name + " is not a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String member = parser.currentName();
                parser.nextToken();
                members.take(member, parser, utf8);
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                throw malformed("something follows the JSON of its " + name);
            }
        } catch (IOException _) {
            throw malformed("its " + name + " is not valid JSON, or has a member twice");
        }
    }

    private static String word(JsonParser parser, String name, int maxLength) throws IOException, RefusedException {
        if (parser.currentToken() != JsonToken.VALUE_STRING || !Words.isSane(parser.getText(), maxLength)) {
            throw malformed("its " + name + " is not a string of 1 to " + maxLength + " characters");
        }
        return parser.getText();
    }

    private static RefusedException malformed(String detail) {
        return new RefusedException(ErrorCode.TOKEN_MALFORMED, detail);
    }

    /// Takes the members of an object that matter. Leaves the parser on the value or at its end.
    private interface Members {
        void take(String name, JsonParser parser, byte[] utf8) throws IOException, RefusedException;
    }

    private static final class Header implements Members {

        private @Nullable String algorithm;
        private @Nullable String keyId;

        @Override
        public void take(String name, JsonParser parser, byte[] utf8) throws IOException, RefusedException {
            switch (name) {
                case "alg" -> algorithm = word(parser, name, MAX_NAME_LENGTH);
                case "kid" -> keyId = word(parser, name, MAX_NAME_LENGTH);
                // RFC 7515 section 4.1.11: an extension that is not understood must be refused, and none is.
                case "crit" -> throw malformed("its header has crit");
                default -> {}
            }
        }
    }

    private static final class Payload implements Members {

        private @Nullable String issuer;
        private @Nullable RawJson capability;

        @Override
        public void take(String name, JsonParser parser, byte[] utf8) throws IOException, RefusedException {
            switch (name) {
                case "iss" -> issuer = word(parser, name, MAX_ISSUER_LENGTH);
                case CAPABILITY -> capability = JsonReading.valueAt(parser, utf8);
                default -> {}
            }
        }
    }
}

package dev.fanfare.publisher.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.JsonReading;
import dev.fanfare.contract.message.RawJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Request → draft. Stateless, never blocks, never throws at what a caller sends.
///
/// Strict on purpose: what is not understood is refused by name, because a caller whose `idd` were ignored
/// would believe its retries to be safe.
final class PublishReader {

    private static final Set<String> FIELDS = Set.of("id", "name", "clientId");

    private PublishReader() {}

    static PublishReading read(PublishHead head, byte[] body) {
        var fields = new DraftFields(head.channel());
        if (head.hasPathParameters()) {
            fields.refuse(ErrorCode.CHANNEL_INVALID, "the address has a bare ; that must be written as %3B");
        }
        if (head.contentEncoding() != null && !head.contentEncoding().equalsIgnoreCase("identity")) {
            fields.refuse(ErrorCode.MEDIA_TYPE_UNSUPPORTED, "the body has a Content-Encoding; send it as it is");
        }
        readIdempotencyKey(head.idempotencyKeys(), fields);
        switch (BodyFormat.of(head.contentType())) {
            case BodyFormat.Json _ -> {
                refuseParameters(head, fields);
                readJson(body, fields);
            }
            case BodyFormat.Text(Charset charset) -> {
                readParameters(head, fields);
                readText(body, charset, fields);
            }
            case BodyFormat.Unsupported(String detail) -> fields.refuse(ErrorCode.MEDIA_TYPE_UNSUPPORTED, detail);
        }
        return fields.toReading();
    }

    /// The header is a quoted string in the draft of the IETF and bare in most programs: both are taken.
    private static void readIdempotencyKey(List<String> keys, DraftFields fields) {
        if (keys.size() > 1) {
            fields.refuse(ErrorCode.PARAMETER_INVALID, "there is more than one Idempotency-Key header");
        } else if (keys.size() == 1) {
            String key = keys.getFirst();
            boolean isQuoted = key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"");
            fields.text(DraftFields.Source.HEADER, "id", isQuoted ? key.substring(1, key.length() - 1) : key);
        }
    }

    private static void refuseParameters(PublishHead head, DraftFields fields) {
        for (String name : head.query().keySet()) {
            fields.refuse(
                    ErrorCode.PARAMETER_INVALID,
                    FIELDS.contains(name)
                            ? "with a JSON body, \"" + name + "\" belongs in the body"
                            : "there is no query parameter " + DraftFields.quoted(name));
        }
    }

    private static void readParameters(PublishHead head, DraftFields fields) {
        head.query().forEach((name, values) -> {
            if (!FIELDS.contains(name)) {
                fields.refuse(ErrorCode.PARAMETER_INVALID, "there is no query parameter " + DraftFields.quoted(name));
            } else if (values.size() > 1) {
                fields.refuse(ErrorCode.PARAMETER_INVALID, "\"" + name + "\" is given more than once");
            } else {
                fields.text(DraftFields.Source.QUERY, name, values.getFirst());
            }
        });
    }

    private static void readText(byte[] body, Charset charset, DraftFields fields) {
        if (body.length == 0) {
            fields.refuse(ErrorCode.BODY_INVALID, "the body is empty");
            return;
        }
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            fields.data(RawJson.ofString(text));
        } catch (CharacterCodingException _) {
            fields.refuse(ErrorCode.BODY_INVALID, "the body is not valid " + charset.name());
        }
    }

    private static void readJson(byte[] body, DraftFields fields) {
        if (body.length == 0) {
            fields.refuse(ErrorCode.BODY_INVALID, "the body is empty");
            return;
        }
        try (JsonParser parser = JsonReading.parser(body)) {
            readObject(parser, body, fields);
        } catch (StreamConstraintsException e) {
            fields.refuse(
                    ErrorCode.BODY_INVALID,
                    JsonReading.isTooDeep(e)
                            ? "the body is nested deeper than " + JsonReading.MAX_DEPTH + " levels"
                            : "a number or a field name in the body is too long");
        } catch (JsonProcessingException e) {
            fields.refuse(ErrorCode.BODY_NOT_JSON, "no valid JSON " + place(e.getLocation()));
        } catch (IOException e) {
            fields.refuse(ErrorCode.BODY_NOT_JSON, "the body is not valid UTF-8");
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null
                ? "in the body"
                : "at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static void readObject(JsonParser parser, byte[] body, DraftFields fields) throws IOException {
        boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
        while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
            readField(parser, body, fields);
        }
        // Text such as `[1` is no JSON at all, and only reading to its end tells.
        boolean isMore = false;
        while (parser.nextToken() != null) {
            isMore = true;
        }
        if (!isObject) {
            fields.refuse(ErrorCode.BODY_INVALID, "the body is not a JSON object");
        } else if (isMore) {
            fields.refuse(ErrorCode.BODY_NOT_JSON, "something follows the JSON object");
        }
    }

    private static void readField(JsonParser parser, byte[] body, DraftFields fields) throws IOException {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("data")) {
            fields.data(JsonReading.valueAt(parser, body));
        } else if (!FIELDS.contains(name)) {
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
}

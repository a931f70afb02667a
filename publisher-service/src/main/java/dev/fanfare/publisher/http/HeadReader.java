package dev.fanfare.publisher.http;

import dev.fanfare.contract.failure.ErrorCode;
import java.util.List;

/// What the address and the headers of a publish request say → fields of its draft.
final class HeadReader {

    /// Longest `Idempotency-Key`, with its quotes: with the number of a message it is an id.
    private static final int MAX_KEY_LENGTH = 120;

    private HeadReader() {}

    /// Reads all but the query parameters, which belong to some content types only.
    static DraftFields read(PublishHead head) {
        var fields = new DraftFields(head.channel());
        if (head.hasPathParameters()) {
            fields.refuse(ErrorCode.CHANNEL_INVALID, PublishHead.BARE_SEMICOLON);
        }
        if (!BodyFormat.isPlain(head.contentEncoding())) {
            fields.refuse(ErrorCode.MEDIA_TYPE_UNSUPPORTED, BodyFormat.ENCODED);
        }
        readIdempotencyKey(head.idempotencyKeys(), fields);
        return fields;
    }

    /// The header is a quoted string in the draft of the IETF and bare in most programs: both are taken.
    private static void readIdempotencyKey(List<String> keys, DraftFields fields) {
        if (keys.size() > 1) {
            fields.refuse(ErrorCode.PARAMETER_INVALID, "there is more than one Idempotency-Key header");
        } else if (keys.size() == 1) {
            String key = keys.getFirst();
            if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
                fields.refuse(
                        ErrorCode.PARAMETER_INVALID, "Idempotency-Key has 1 to " + MAX_KEY_LENGTH + " characters");
                return;
            }
            boolean isQuoted = key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"");
            fields.text(DraftFields.Source.HEADER, "id", isQuoted ? key.substring(1, key.length() - 1) : key);
        }
    }

    /// With a JSON body everything is in the body.
    static void refuseParameters(PublishHead head, DraftFields fields) {
        for (String name : head.query().keySet()) {
            fields.refuse(
                    ErrorCode.PARAMETER_INVALID,
                    JsonMessage.TEXT_FIELDS.contains(name)
                            ? "with a JSON body, \"" + name + "\" belongs in the body"
                            : "there is no query parameter " + DraftFields.quoted(name));
        }
    }

    /// With any other body the fields beside the data are parameters.
    static void readParameters(PublishHead head, DraftFields fields) {
        QueryParameters.forEach(
                head.query(),
                JsonMessage.TEXT_FIELDS,
                (name, value) -> fields.text(DraftFields.Source.QUERY, name, value),
                detail -> fields.refuse(ErrorCode.PARAMETER_INVALID, detail));
    }
}

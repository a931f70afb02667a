package dev.fanfare.publisher.http;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.publisher.publish.Draft;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The fields of a draft as far as they have been read, and the first thing that is wrong with them.
///
/// Lives for one request on one thread.
final class DraftFields {

    /// Where a text field was found.
    enum Source {
        BODY(ErrorCode.BODY_INVALID),
        QUERY(ErrorCode.PARAMETER_INVALID),
        HEADER(ErrorCode.PARAMETER_INVALID);

        private final ErrorCode invalid;

        Source(ErrorCode invalid) {
            this.invalid = invalid;
        }
    }

    /// How much of a name that a caller made up is repeated to it, in characters.
    private static final int QUOTED_MAX = 64;

    private final String channel;
    private @Nullable RawJson data;
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String clientId;
    private @Nullable Problem problem;

    DraftFields(String channel) {
        this.channel = channel;
        if (!Channel.isValid(channel)) {
            refuse(ErrorCode.CHANNEL_INVALID, "the channel in the address is not a channel name");
        }
    }

    /// A name that a caller made up, for use in a detail.
    static String quoted(String text) {
        return '"' + (text.length() <= QUOTED_MAX ? text : text.substring(0, QUOTED_MAX) + "…") + '"';
    }

    void refuse(ErrorCode code, String detail) {
        if (problem == null) {
            problem = new Problem(code, detail);
        }
    }

    void data(RawJson value) {
        data = value;
    }

    void text(Source source, String field, String value) {
        String label = source == Source.HEADER ? "Idempotency-Key" : '"' + field + '"';
        if (!Message.isValidField(value)) {
            refuse(
                    source.invalid,
                    label + " has 1 to " + Message.MAX_FIELD_LENGTH + " characters and no control character");
        } else if (!isUnicode(source, value)) {
            refuse(source.invalid, label + " has characters that cannot be sent on");
        } else {
            set(field, value);
        }
    }

    /// Half a surrogate pair has no UTF-8 form. A header has no defined encoding beyond ASCII. In a query the
    /// replacement character stands for bytes that are not UTF-8, and two such ids would look like one.
    private static boolean isUnicode(Source source, String value) {
        return switch (source) {
            case BODY -> StandardCharsets.UTF_8.newEncoder().canEncode(value);
            case QUERY -> value.indexOf('\uFFFD') < 0;
            case HEADER -> StandardCharsets.US_ASCII.newEncoder().canEncode(value);
        };
    }

    private void set(String field, String value) {
        switch (field) {
            case "id" -> setId(value);
            case "name" -> name = value;
            case "clientId" -> clientId = value;
            default -> throw new IllegalArgumentException("no text field: " + field);
        }
    }

    private void setId(String value) {
        if (id != null && !id.equals(value)) {
            refuse(ErrorCode.PARAMETER_INVALID, "\"id\" and Idempotency-Key differ");
        }
        id = value;
    }

    PublishReading toReading() {
        if (problem != null) {
            return new PublishReading.Refused(problem);
        }
        if (data == null) {
            return new PublishReading.Refused(new Problem(ErrorCode.BODY_INVALID, "\"data\" is missing"));
        }
        return new PublishReading.Understood(new Draft(new Channel(channel), data, id, name, clientId));
    }
}

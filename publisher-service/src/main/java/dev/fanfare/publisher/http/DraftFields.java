package dev.fanfare.publisher.http;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.Base64Text;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.messaging.publish.Draft;
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

    private final boolean isAddressed;
    private @Nullable String channel;
    private @Nullable RawJson data;
    private @Nullable String encoding;
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String clientId;
    private @Nullable RawJson extras;
    private @Nullable Problem problem;

    /// @param channel that of the address, or null when the message names its own
    DraftFields(@Nullable String channel) {
        this.isAddressed = channel != null;
        if (channel != null) {
            channel(channel, PublishHead.NOT_A_CHANNEL);
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

    /// The first thing that is wrong, or null.
    @Nullable
    Problem problem() {
        return problem;
    }

    /// Whether the message may name its channel, because the address does not.
    boolean takesChannel() {
        return !isAddressed;
    }

    void channel(String value, String otherwise) {
        if (Channel.isValid(value)) {
            channel = value;
        } else {
            refuse(ErrorCode.CHANNEL_INVALID, otherwise);
        }
    }

    void data(RawJson value) {
        data = value;
    }

    /// The data holds bytes that have become text.
    void encoding(String value) {
        encoding = value;
    }

    void extras(RawJson value) {
        extras = value;
    }

    void text(Source source, String field, String value) {
        String label = source == Source.HEADER ? "Idempotency-Key" : '"' + field + '"';
        if (field.equals("channel")) {
            channel(value, "\"channel\" is not a channel name");
        } else if (!Message.isValidField(value)) {
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
            case "encoding" -> encoding(value);
            case "id" -> setId(value);
            case "name" -> name = value;
            case "clientId" -> clientId = value;
            default -> throw new IllegalArgumentException("no text field: " + field);
        }
    }

    private void setId(String value) {
        if (id != null && !id.equals(value)) {
            refuse(ErrorCode.IDS_CONTRADICT, "\"id\" and Idempotency-Key differ");
        }
        id = value;
    }

    /// The id as far as it is known, or null.
    @Nullable
    String id() {
        return id;
    }

    /// What must not be the same for two messages of a request: the channel and the id, or null without an id.
    @Nullable
    String identity() {
        // A channel has no space.
        return id == null ? null : channel + " " + id;
    }

    PublishReading toReading() {
        if (problem != null) {
            return new PublishReading.Refused(problem);
        }
        if (channel == null) {
            return refused("\"channel\" is missing");
        }
        if (data == null) {
            return refused("\"data\" is missing");
        }
        if (encoding != null && !Base64Text.isEncoding(encoding)) {
            return refused("\"encoding\" is \"" + Message.BASE64 + "\", or left out");
        }
        if (encoding != null && !Base64Text.isIn(data)) {
            return refused("\"data\" is not a string in base64 although \"encoding\" says so");
        }
        return new PublishReading.Understood(
                new Draft(new Channel(channel), data, encoding, id, name, clientId, extras));
    }

    private static PublishReading refused(String detail) {
        return new PublishReading.Refused(new Problem(ErrorCode.BODY_INVALID, detail));
    }
}

package dev.fanfare.contract.message;

import dev.fanfare.contract.channel.Channel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One message of a channel, before Redis has given it a position.
///
/// | component   | unit, range and encoding                                                            |
/// |-------------|-------------------------------------------------------------------------------------|
/// | `channel`   | where it is published                                                               |
/// | `id`        | 1 to 128 characters without control characters; publishing it again changes nothing |
/// | `data`      | any JSON value                                                                      |
/// | `encoding`  | how to read data that stands for something else, such as [#BASE64] for bytes, or null |
/// | `name`      | what kind of message it is, 1 to 128 characters, or null                            |
/// | `clientId`  | who says to have published it, 1 to 128 characters, or null                         |
/// | `extras`    | a JSON object beside the data, for those who know what it means, or null            |
/// | `timestamp` | when it was accepted, by the clock of the service that took it; milliseconds are kept |
/// | `origin`    | the step of a recorded trace that published it, or null                             |
public record Message(
        Channel channel,
        String id,
        RawJson data,
        @Nullable String encoding,
        @Nullable String name,
        @Nullable String clientId,
        @Nullable RawJson extras,
        Instant timestamp,
        @Nullable TraceParent origin) {

    /// Longest `id`, `name` and `clientId`, in characters.
    public static final int MAX_FIELD_LENGTH = 128;

    /// The encoding of bytes: the data is a string that holds them in base64 with padding (RFC 4648, section 4).
    public static final String BASE64 = "base64";

    public Message {
        checkField("id", id);
        checkField("encoding", encoding);
        checkField("name", name);
        checkField("clientId", clientId);
    }

    /// A message that is not traced.
    public Message(
            Channel channel,
            String id,
            RawJson data,
            @Nullable String encoding,
            @Nullable String name,
            @Nullable String clientId,
            @Nullable RawJson extras,
            Instant timestamp) {
        this(channel, id, data, encoding, name, clientId, extras, timestamp, null);
    }

    /// A message without encoding and extras, that is not traced.
    public Message(
            Channel channel,
            String id,
            RawJson data,
            @Nullable String name,
            @Nullable String clientId,
            Instant timestamp) {
        this(channel, id, data, null, name, clientId, null, timestamp, null);
    }

    /// This message as a step of a trace.
    public Message withOrigin(@Nullable TraceParent step) {
        return new Message(channel, id, data, encoding, name, clientId, extras, timestamp, step);
    }

    /// Whether `text` may be an `id`, a `name` or a `clientId`.
    public static boolean isValidField(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_FIELD_LENGTH
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static void checkField(String name, @Nullable String value) {
        if (value != null && !isValidField(value)) {
            throw new IllegalArgumentException(
                    name + " has 1 to " + MAX_FIELD_LENGTH + " characters and no control character");
        }
    }
}

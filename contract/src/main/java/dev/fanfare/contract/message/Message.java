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
/// | `name`      | what kind of message it is, 1 to 128 characters, or null                            |
/// | `clientId`  | who says to have published it, 1 to 128 characters, or null                         |
/// | `timestamp` | when it was accepted, by the clock of the service that took it; milliseconds are kept |
public record Message(
        Channel channel,
        String id,
        RawJson data,
        @Nullable String name,
        @Nullable String clientId,
        Instant timestamp) {

    /// Longest `id`, `name` and `clientId`, in characters.
    public static final int MAX_FIELD_LENGTH = 128;

    public Message {
        checkField("id", id);
        checkField("name", name);
        checkField("clientId", clientId);
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

package dev.fanfare.messaging.publish;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a caller wants to publish: a message without a time and perhaps without an id.
///
/// | component  | range                                                              |
/// |------------|--------------------------------------------------------------------|
/// | `id`       | as [Message], or null when the caller leaves the choice to us      |
/// | the others | as [Message]                                                       |
public record Draft(
        Channel channel,
        RawJson data,
        @Nullable String encoding,
        @Nullable String id,
        @Nullable String name,
        @Nullable String clientId,
        @Nullable RawJson extras) {

    /// A draft without encoding and extras.
    public Draft(Channel channel, RawJson data, @Nullable String id, @Nullable String name, @Nullable String clientId) {
        this(channel, data, null, id, name, clientId, null);
    }

    /// Length of the data and the extras in UTF-8, in bytes.
    public int dataBytes() {
        return data.utf8().length + (extras == null ? 0 : extras.utf8().length);
    }

    /// The same, published by `newClientId`.
    public Draft withClientId(String newClientId) {
        return new Draft(channel, data, encoding, id, name, newClientId, extras);
    }

    Message toMessage(MessageIds ids, Instant now) {
        return new Message(channel, id == null ? ids.next() : id, data, encoding, name, clientId, extras, now);
    }
}

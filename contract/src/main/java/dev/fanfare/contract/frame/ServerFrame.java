package dev.fanfare.contract.frame;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.message.StreamPosition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the gateway says to one client, other than publications.
public sealed interface ServerFrame {

    /// The first frame to a client that asked for the subprotocol `fanfare.v1`.
    record Welcome(String connectionId) implements ServerFrame {}

    /// The subscription is live: everything after `position` follows.
    ///
    /// `isRecovered` is true when the messages that the client asked for come next, up to `position`;
    /// `isEphemeral` when the channel keeps nothing, so that nothing can ever be recovered.
    record Subscribed(Channel channel, RequestId id, StreamPosition position, boolean isRecovered, boolean isEphemeral)
            implements ServerFrame {}

    /// No message of `channel` follows.
    record Unsubscribed(Channel channel, RequestId id) implements ServerFrame {}

    /// No message of `channel` follows, because the token that came does not allow it.
    record SubscriptionEnded(Channel channel, ErrorCode reason) implements ServerFrame {}

    /// The token is taken: requests are those of `subject` until `expiresAt`.
    record Authenticated(RequestId id, String subject, Instant expiresAt) implements ServerFrame {}

    /// The token ends at `expiresAt`, and the connection with it unless another one comes.
    record TokenExpiring(Instant expiresAt) implements ServerFrame {}

    /// A message is stored at `position`. `isDuplicate` is true when it was stored before under the same
    /// `messageId` and this request changed nothing.
    record Published(Channel channel, RequestId id, String messageId, StreamPosition position, boolean isDuplicate)
            implements ServerFrame {}

    /// A page of the past.
    record History(HistoryFrame page) implements ServerFrame {}

    /// Messages of `channel` were lost on the way and cannot be read again; what follows comes after
    /// `position`. `reason` is a slug, see the protocol page.
    record Discontinuity(Channel channel, StreamPosition position, String reason) implements ServerFrame {}

    /// Redis cannot be reached: messages may be missing until [Restored] comes. The connection stays.
    record Degraded() implements ServerFrame {}

    /// Redis is back, and what was missed has been delivered or told.
    record Restored() implements ServerFrame {}

    /// This instance cannot serve the client any more, and others can: reconnect `after` so long, from 0 ms.
    record Reconnect(Duration after) implements ServerFrame {}

    record Pong(@Nullable RequestId id) implements ServerFrame {}

    /// A request was refused or failed; the connection lives on.
    ///
    /// `detail` says what was wrong with this very request, or null when the code's text says it all; `retryAfter`
    /// when it may succeed, more than 0, or null when that is not known.
    record Failed(
            ErrorCode code,
            @Nullable String detail,
            @Nullable RequestId id,
            @Nullable Duration retryAfter) implements ServerFrame {

        public Failed(ErrorCode code, @Nullable String detail, @Nullable RequestId id) {
            this(code, detail, id, null);
        }
    }
}

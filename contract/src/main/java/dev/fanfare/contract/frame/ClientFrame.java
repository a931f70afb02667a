package dev.fanfare.contract.frame;

import dev.fanfare.contract.broker.PageRequest.Direction;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StreamPosition;
import org.jspecify.annotations.Nullable;

/// A request from a client. Without an `id` it is not acknowledged, only obeyed.
public sealed interface ClientFrame {

    /// The client's mark on the request, or null when it wants no acknowledgement.
    @Nullable
    RequestId id();

    /// Deliver the messages of `channel` from `start` on.
    record Subscribe(
            Channel channel, StartPoint start, @Nullable RequestId id) implements ClientFrame {}

    /// Stop delivering the messages of `channel`.
    record Unsubscribe(Channel channel, @Nullable RequestId id) implements ClientFrame {}

    /// Put a message into `channel`. `messageId`, `name`, `encoding` and `extras` are as in a
    /// [dev.fanfare.contract.message.Message]; without a `messageId` the gateway chooses one.
    record Publish(
            Channel channel,
            RawJson data,
            @Nullable String messageId,
            @Nullable String name,
            @Nullable String encoding,
            @Nullable RawJson extras,
            @Nullable RequestId id)
            implements ClientFrame {}

    /// Read one page of the past of `channel`.
    ///
    /// | component     | unit and range                                                                |
    /// |---------------|-------------------------------------------------------------------------------|
    /// | `direction`   | which end comes first                                                         |
    /// | `from`        | only what comes after this position, or null                                  |
    /// | `to`          | only what comes up to this position, with it, or null                         |
    /// | `startMillis` | oldest `timestamp`, milliseconds since 1970, or `Long.MIN_VALUE` for any      |
    /// | `endMillis`   | newest `timestamp`, milliseconds since 1970, or `Long.MAX_VALUE` for any      |
    /// | `limit`       | most messages of the page, 1 to 1000                                          |
    record History(
            Channel channel,
            Direction direction,
            @Nullable StreamPosition from,
            @Nullable StreamPosition to,
            long startMillis,
            long endMillis,
            int limit,
            @Nullable RequestId id)
            implements ClientFrame {}

    /// Take the bearer of `token` for who asks from now on.
    record Auth(String token, @Nullable RequestId id) implements ClientFrame {

        /// Without the token, which is a secret.
        @Override
        public String toString() {
            return "Auth[id=" + id + "]";
        }
    }

    /// Answer, to prove that the way there and back works.
    record Ping(@Nullable RequestId id) implements ClientFrame {}
}

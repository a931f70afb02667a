package dev.fanfare.contract.frame;

import dev.fanfare.contract.channel.Channel;
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

    /// Answer, to prove that the way there and back works.
    record Ping(@Nullable RequestId id) implements ClientFrame {}
}

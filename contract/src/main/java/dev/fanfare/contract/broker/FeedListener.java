package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;

/// Receives what a [ChannelFeed] takes in.
///
/// Calls for one channel come one after the other and in the order in which Redis sent them, always
/// from the same thread unless the feed was lost in between. They must not block.
public interface FeedListener {

    /// A stored message of a subscribed channel.
    void onPublication(Channel channel, Publication publication);

    /// A message that somebody published to the plain Redis channel of the same name. It has no
    /// position, is stored nowhere, and may be any text; bytes that are not UTF-8 were replaced by
    /// U+FFFD.
    void onPlainMessage(Channel channel, String text);

    /// The connection that carried `channel` was lost: messages may be missed from now on.
    void onLost(Channel channel);

    /// Redis has acknowledged the interest in `channel` again after a loss: from now on nothing is
    /// missed, but what came since [#onLost] was.
    void onRegained(Channel channel);
}

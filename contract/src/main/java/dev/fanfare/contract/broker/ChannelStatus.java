package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.StreamPosition;
import org.jspecify.annotations.Nullable;

/// How a channel stands.
///
/// | component  | unit and range                                                                         |
/// |------------|----------------------------------------------------------------------------------------|
/// | `position` | the end of its stream, or null when nobody has published or subscribed for long         |
/// | `kept`     | messages in its history, from 0                                                        |
/// | `gateways` | instances that listen to it for at least one client, from 0                            |
public record ChannelStatus(Channel channel, @Nullable StreamPosition position, long kept, int gateways) {

    /// Whether messages of it are kept or somebody listens.
    public boolean isActive() {
        return kept > 0 || gateways > 0;
    }
}

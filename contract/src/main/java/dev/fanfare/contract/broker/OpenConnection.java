package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client's connection, as the gateway that holds it tells of it.
///
/// | component       | meaning, range                                                                       |
/// |-----------------|--------------------------------------------------------------------------------------|
/// | `id`            | unique among all connections, 1 to 128 visible ASCII characters                      |
/// | `subject`       | whose token it came with, null for a stranger                                        |
/// | `address`       | where it came from, or the client of a proxy that is believed, without controls      |
/// | `since`         | when it was opened, by the gateway's clock, in milliseconds                          |
/// | `protocol`      | what it speaks, 1 to 32 visible ASCII characters                                     |
/// | `subscriptions` | how many channels it is subscribed to                                                |
/// | `channels`      | those of them that are told, at most [ConnectionRegistry#MAX_CHANNELS]               |
public record OpenConnection(
        String id,
        @Nullable String subject,
        String address,
        Instant since,
        String protocol,
        int subscriptions,
        List<Channel> channels) {

    public OpenConnection {
        channels = List.copyOf(channels);
        if (channels.size() > ConnectionRegistry.MAX_CHANNELS) {
            throw new IllegalArgumentException(
                    "at most " + ConnectionRegistry.MAX_CHANNELS + " channels are told, not " + channels.size());
        }
    }
}

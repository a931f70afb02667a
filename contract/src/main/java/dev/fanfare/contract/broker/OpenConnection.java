package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
/// | `channels`      | those of them that are told, as many as [#told] takes                                 |
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
        if (told(channels).size() < channels.size()) {
            throw new IllegalArgumentException("at most " + ConnectionRegistry.MAX_CHANNELS + " channels of "
                    + ConnectionRegistry.MAX_CHANNEL_CHARACTERS + " characters together are told");
        }
    }

    /// Those of `channels` that are told: as many, from the first on, as
    /// [ConnectionRegistry#MAX_CHANNELS] and [ConnectionRegistry#MAX_CHANNEL_CHARACTERS] allow.
    public static List<Channel> told(Collection<Channel> channels) {
        List<Channel> told = new ArrayList<>();
        int characters = 0;
        for (Channel channel : channels) {
            characters += channel.name().length();
            if (told.size() == ConnectionRegistry.MAX_CHANNELS
                    || characters > ConnectionRegistry.MAX_CHANNEL_CHARACTERS) {
                break;
            }
            told.add(channel);
        }
        return told;
    }
}

package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Some active channels, and how to go on.
///
/// | component  | meaning                                                    |
/// |------------|------------------------------------------------------------|
/// | `channels` | as they stand                                              |
/// | `next`     | opaque cursor, visible ASCII, or null when this is the end |
public record ChannelListing(
        List<ChannelStatus> channels, @Nullable String next) {

    public ChannelListing {
        channels = List.copyOf(channels);
    }

    /// Without those channels that are not `wanted`.
    public ChannelListing only(Predicate<Channel> wanted) {
        return new ChannelListing(
                channels.stream().filter(each -> wanted.test(each.channel())).toList(), next);
    }
}

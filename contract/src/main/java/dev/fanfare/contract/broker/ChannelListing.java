package dev.fanfare.contract.broker;

import java.util.List;
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
}

package dev.fanfare.contract.broker;

import dev.fanfare.contract.channel.Channel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What is known of channels as a whole. Never blocks; completes on a thread of the broker; fails with
/// `BROKER_UNAVAILABLE` when Redis does not answer in time.
public interface ChannelDirectory {

    /// Most channels of one listing.
    int MAX_LIMIT = 1000;

    /// How `channel` stands. Asking leaves no trace.
    CompletableFuture<ChannelStatus> status(Channel channel);

    /// Some of the active channels whose names begin with `prefix`: those of which messages are kept, and those
    /// that a gateway listens to.
    ///
    /// Who goes on with [ChannelListing#next] until there is none has been told every channel that was active
    /// all the time, and none twice. In no particular order.
    ///
    /// @param prefix characters of a channel name, or empty for all channels
    /// @param cursor `next` of an earlier listing with the same prefix, or null to begin
    /// @param limit 1 to [#MAX_LIMIT]; fewer, even none, may be told although there are more
    /// @throws IllegalArgumentException if `cursor` was never a `next`
    CompletableFuture<ChannelListing> list(String prefix, @Nullable String cursor, int limit);
}

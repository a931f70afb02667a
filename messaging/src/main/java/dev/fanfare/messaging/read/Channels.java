package dev.fanfare.messaging.read;

import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.ChannelDirectory;
import dev.fanfare.contract.broker.ChannelListing;
import dev.fanfare.contract.broker.ChannelStatus;
import dev.fanfare.contract.channel.Channel;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Asks the broker about channels and waits for its word. Blocks: use it on virtual threads.
///
/// Throws [FanfareException] with `BROKER_UNAVAILABLE` when Redis does not answer in time.
@Singleton
public final class Channels {

    private final ChannelDirectory directory;

    Channels(ChannelDirectory directory) {
        this.directory = directory;
    }

    public ChannelStatus status(Channel channel) {
        return BrokerAnswer.await(directory.status(channel));
    }

    /// Some active channels; empty when `cursor` is none.
    ///
    /// @param limit 1 to [ChannelDirectory#MAX_LIMIT]
    public Optional<ChannelListing> list(String prefix, @Nullable String cursor, int limit) {
        CompletableFuture<ChannelListing> listing;
        try {
            listing = directory.list(prefix, cursor, limit);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        return Optional.of(BrokerAnswer.await(listing));
    }
}

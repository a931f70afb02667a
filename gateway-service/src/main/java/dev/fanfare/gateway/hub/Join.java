package dev.fanfare.gateway.hub;

import dev.fanfare.contract.frame.RequestId;
import dev.fanfare.contract.frame.StartPoint;
import org.jspecify.annotations.Nullable;

/// A client's request that `subscription` be let into its channel at `start`.
///
/// `id` is the mark under which the client wants to hear of it, or null when it does not. A
/// subscription that is in already is only acknowledged.
public record Join(
        Subscription subscription,
        StartPoint start,
        @Nullable RequestId id) {

    public LoopChannel channel() {
        return subscription.channel();
    }
}

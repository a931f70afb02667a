package dev.fanfare.contract.broker;

import dev.fanfare.contract.message.Message;
import java.util.concurrent.CompletableFuture;

/// The only way to put a message into a channel.
public interface MessagePublisher {

    /// The fence of a publisher that holds no lease; such publishes are never refused as fenced off.
    long NO_FENCE = 0;

    /// Stores and announces `message` in one atomic step.
    ///
    /// When the future completes normally with `Stored`, the message is in Redis and every feed that
    /// was subscribed has been sent it. Messages of one caller to one channel that are published
    /// without waiting keep their order. Publishing a message again, with its id, within the idempotency
    /// window stores and announces nothing and answers with the first position, so a failed publish is
    /// repeated with the same id. Another message with that id is refused with `IdTaken`.
    ///
    /// @param fence number of the lease under which the caller publishes, or [#NO_FENCE]
    /// @return fails with a [dev.fanfare.contract.failure.FanfareException] with code
    ///     `BROKER_UNAVAILABLE` when Redis did not answer in time; whether it stored the message is
    ///     then unknown. Never blocks; completes on a thread of the broker.
    CompletableFuture<PublishOutcome> publish(Message message, long fence);

    /// Publishes without a lease.
    default CompletableFuture<PublishOutcome> publish(Message message) {
        return publish(message, NO_FENCE);
    }
}

package dev.fanfare.publisher.publish;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.CompletionException;

/// Turns an admitted draft into a stored message and waits for the broker's word.
@Singleton
public final class Publishing {

    private final MessagePublisher publisher;
    private final MessageIds ids;
    private final Clock clock;
    private final PublishMetrics metrics;

    Publishing(MessagePublisher publisher, MessageIds ids, Clock clock, PublishMetrics metrics) {
        this.publisher = publisher;
        this.ids = ids;
        this.clock = clock;
        this.metrics = metrics;
    }

    /// Publishes `draft` and returns when Redis has stored it. Blocks: call it on a virtual thread.
    ///
    /// @throws FanfareException with `BROKER_UNAVAILABLE` when Redis did not answer before the broker's
    ///     deadline; it is then unknown whether the message is stored, and publishing the same id again
    ///     is safe
    public Published publish(Draft draft) {
        Message message = draft.toMessage(ids, clock.instant());
        PublishMetrics.Attempt attempt = metrics.started(draft.dataBytes());
        try {
            Published published = toPublished(message, await(message));
            attempt.stored(published.duplicate());
            return published;
        } catch (RuntimeException e) {
            attempt.failed();
            throw e;
        }
    }

    /// The futures of the broker have a deadline of their own, so this wait ends.
    private PublishOutcome await(Message message) {
        try {
            return publisher.publish(message).join();
        } catch (CompletionException e) {
            // The fault itself says more than its wrapper, and callers decide by its code.
            throw e.getCause() instanceof FanfareException fault ? fault : e;
        }
    }

    private static Published toPublished(Message message, PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Stored(var position, boolean duplicate) ->
                new Published(message.channel(), message.id(), position, duplicate);
            case PublishOutcome.FencedOff _ ->
                throw new IllegalStateException("fenced off although published without a lease");
        };
    }
}

package dev.fanfare.contract.broker;

import dev.fanfare.contract.message.Message;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Puts several messages into one channel, one right behind the other.
public interface SequencePublisher {

    /// Most messages of one call. Redis does nothing else while it stores them.
    int MAX_MESSAGES = 1000;

    /// Stores and announces `messages` in their order and in one atomic step: nothing comes between those
    /// that are new. A message that was published within the idempotency window, also one that repeats an
    /// earlier one of `messages`, changes nothing and is answered with the first position. If one has the id
    /// of another message, nothing is stored.
    ///
    /// @param messages 1 to [#MAX_MESSAGES], all of one channel
    /// @return fails as [MessagePublisher#publish] does, and publishing the same messages again is as safe
    CompletableFuture<SequenceOutcome> publishAll(List<Message> messages);
}

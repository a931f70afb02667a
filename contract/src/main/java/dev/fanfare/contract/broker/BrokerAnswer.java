package dev.fanfare.contract.broker;

import dev.fanfare.contract.failure.FanfareException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Waits for what the broker answers.
public final class BrokerAnswer {

    private BrokerAnswer() {}

    /// What `answer` completes with. Blocks: call it on a virtual thread. The futures of the broker have a
    /// deadline of their own, so the wait ends.
    ///
    /// @throws FanfareException the fault itself: callers decide by its code
    /// @throws CompletionException around anything else
    public static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FanfareException fault ? fault : e;
        }
    }
}

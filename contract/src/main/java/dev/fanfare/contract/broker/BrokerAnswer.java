package dev.fanfare.contract.broker;

import dev.fanfare.contract.failure.ErrorCode;
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

    /// The fault with which a future of the broker, or one made of it, has failed: the fault itself, or `INTERNAL`
    /// around anything else, which is for the log and no caller.
    public static FanfareException faultOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof FanfareException fault
                ? fault
                : new FanfareException(ErrorCode.INTERNAL, "the service's log says more", cause);
    }
}

package dev.fanfare.redis.connection;

import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A command from its call to its answer, over all attempts. Confined to the event loop, but for the
/// future.
final class PendingCommand {

    final RedisCommand command;
    final long deadlineNanos;
    final CompletableFuture<@Nullable Response> answer = new CompletableFuture<>();

    /// Attempts that ended in a passing failure.
    int failures;

    /// The node that must serve the next attempt, because it imports the slot; null for the owner.
    @Nullable
    String askedNode;

    /// Whether it was sent with others of which one has failed: then it shall not share their fate again.
    boolean goesAlone;

    /// Why the last attempt failed, or null.
    @Nullable
    Throwable lastFailure;

    /// When the current attempt was written, by `System.nanoTime`.
    long sentNanos;

    PendingCommand(RedisCommand command, long deadlineNanos) {
        this.command = command;
        this.deadlineNanos = deadlineNanos;
    }

    Request request() {
        return command.request();
    }

    /// Whether nothing may be sent in one piece with it.
    boolean isToGoAlone() {
        return goesAlone || askedNode != null || command.replicas() > 0;
    }

    boolean isExpired(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    /// Has `action` run once, when it is answered or has failed.
    void onEnd(Runnable action) {
        // Only the action matters here; whoever sent the command looks at the outcome.
        var _ = answer.whenComplete((_, _) -> action.run());
    }

    /// Ends it without an answer from Redis. Later calls have no effect.
    void fail(String detail, @Nullable Throwable cause) {
        answer.completeExceptionally(new FanfareException(ErrorCode.BROKER_UNAVAILABLE, detail, cause));
    }
}

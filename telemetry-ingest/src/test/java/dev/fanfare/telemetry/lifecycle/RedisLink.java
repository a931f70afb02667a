package dev.fanfare.telemetry.lifecycle;

import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.LeaseOutcome;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The way of one instance to a real Redis, which can be cut, and can lie about the lease.
final class RedisLink implements MessagePublisher, LeaseKeeper {

    private enum State {
        UP,
        /// Nothing reaches Redis, as after a crash or in a network partition.
        CUT,
        /// The lease seems to be held for ever, as it does to a process that was frozen.
        DECEIVED
    }

    private final MessagePublisher publisher;
    private final LeaseKeeper leases;
    private volatile State state = State.UP;
    private volatile LeaseOutcome last = new LeaseOutcome.Taken(Duration.ZERO);

    RedisLink(MessagePublisher publisher, LeaseKeeper leases) {
        this.publisher = publisher;
        this.leases = leases;
    }

    void cut() {
        state = State.CUT;
    }

    void deceive() {
        state = State.DECEIVED;
    }

    @Override
    public CompletableFuture<PublishOutcome> publish(Message message, long fence) {
        return state == State.CUT ? unavailable() : publisher.publish(message, fence);
    }

    @Override
    public CompletableFuture<LeaseOutcome> acquire(String name, String owner, Duration ttl) {
        return switch (state) {
            case UP -> leases.acquire(name, owner, ttl).whenComplete((outcome, _) -> last = outcome);
            case CUT -> unavailable();
            case DECEIVED -> CompletableFuture.completedFuture(last);
        };
    }

    @Override
    public CompletableFuture<Void> release(String name, String owner) {
        return state == State.UP ? leases.release(name, owner) : unavailable();
    }

    private static <T> CompletableFuture<T> unavailable() {
        return CompletableFuture.failedFuture(new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "cut by the test"));
    }
}

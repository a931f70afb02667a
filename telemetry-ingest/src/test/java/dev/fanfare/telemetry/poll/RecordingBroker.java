package dev.fanfare.telemetry.poll;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A broker that keeps what it is given, and can refuse the next publishes.
public final class RecordingBroker implements MessagePublisher {

    private final List<Message> attempts = new ArrayList<>();
    private final List<Message> stored = new ArrayList<>();
    private int failuresToCome;
    private boolean isFencing;
    private boolean isIdTaken;

    public RecordingBroker failing(int times) {
        failuresToCome = times;
        return this;
    }

    public RecordingBroker fencing() {
        isFencing = true;
        return this;
    }

    /// Somebody else has published with the id of the next message.
    public RecordingBroker takingAnId() {
        isIdTaken = true;
        return this;
    }

    @Override
    public synchronized CompletableFuture<PublishOutcome> publish(Message message, long fence) {
        attempts.add(message);
        if (failuresToCome > 0) {
            failuresToCome--;
            return CompletableFuture.failedFuture(new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "scripted"));
        }
        if (isFencing) {
            return CompletableFuture.completedFuture(new PublishOutcome.FencedOff());
        }
        if (isIdTaken) {
            isIdTaken = false;
            return CompletableFuture.completedFuture(new PublishOutcome.IdTaken());
        }
        stored.add(message);
        var position = new StreamPosition("e", stored.size());
        return CompletableFuture.completedFuture(new PublishOutcome.Stored(position, false));
    }

    public synchronized List<Message> attempts() {
        return List.copyOf(attempts);
    }

    public synchronized List<Message> stored() {
        return List.copyOf(stored);
    }

    List<String> storedData() {
        return stored().stream().map(message -> message.data().toString()).toList();
    }
}

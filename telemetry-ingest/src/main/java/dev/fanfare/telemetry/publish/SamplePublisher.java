package dev.fanfare.telemetry.publish;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.telemetry.source.Sample;
import dev.fanfare.telemetry.source.StreamOutcome;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Turns the samples of one source into messages and publishes them.
///
/// Used by the poll loop of the source alone.
public final class SamplePublisher {

    /// The `clientId` of every message.
    static final String CLIENT_ID = "telemetry-ingest";

    private final String source;
    private final Channel channel;
    private final MessagePublisher broker;
    private final Clock clock;
    private long count;

    public SamplePublisher(String source, Channel channel, MessagePublisher broker, Clock clock) {
        this.source = source;
        this.channel = channel;
        this.broker = broker;
        this.clock = clock;
    }

    /// The message of `sample`. Its id is `<source>-<fence>-<n>`, where `n` counts the messages of this
    /// process: no two messages share one, and publishing a message again stores it once.
    public Message toMessage(Sample sample, long fence) {
        count++;
        return new Message(
                channel, source + "-" + fence + "-" + count, sample.data(), null, CLIENT_ID, clock.instant());
    }

    /// The message of `event`, named by its type unless that is the default. Its id is as that of a
    /// sample, followed by `-` and the id of the event where there is room for it.
    public Message toMessage(StreamOutcome.Received event, long fence) {
        count++;
        String id = EventMessageId.with(source + "-" + fence + "-" + count, event.id());
        boolean isNamed = !event.isOfDefaultType() && Message.isValidField(event.type());
        return new Message(
                channel, id, event.sample().data(), isNamed ? event.type() : null, CLIENT_ID, clock.instant());
    }

    /// Publishes `message` and waits for the answer, for as long as the broker waits for Redis.
    ///
    /// An interruption does not cut the wait short, because a publish that is under way is better
    /// finished than left unknown; the thread's interrupted status is set again afterwards.
    ///
    /// @throws FanfareException when Redis did not answer; whether the message is stored is unknown,
    ///     and publishing it again is safe
    public PublishOutcome publish(Message message, long fence) {
        CompletableFuture<PublishOutcome> answer = broker.publish(message, fence);
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException _) {
                    isInterrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FanfareException failure
                    ? failure
                    : new FanfareException(ErrorCode.INTERNAL, "publishing failed: " + e.getCause(), e.getCause());
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package dev.fanfare.messaging.publish;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.tracing.MessageSpan;
import dev.fanfare.tracing.MessageSpans;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// Turns admitted drafts into stored messages.
@Singleton
public final class Publishing {

    private static final Logger LOG = Logger.getLogger(Publishing.class);

    private final MessagePublisher publisher;
    private final SequencePublisher sequences;
    private final MessageIds ids;
    private final InstantSource clock;
    private final PublishMetrics metrics;
    private final MessageSpans spans;

    Publishing(
            MessagePublisher publisher,
            SequencePublisher sequences,
            MessageIds ids,
            InstantSource clock,
            PublishMetrics metrics,
            MessageSpans spans) {
        this.publisher = publisher;
        this.sequences = sequences;
        this.ids = ids;
        this.clock = clock;
        this.metrics = metrics;
        this.spans = spans;
    }

    /// Publishes `draft` and returns when Redis has stored it. Blocks: call it on a virtual thread.
    ///
    /// @throws FanfareException with `BROKER_UNAVAILABLE` when Redis did not answer before the broker's
    ///     deadline; it is then unknown whether the message is stored, and publishing the same id again
    ///     is safe
    public Published publish(Draft draft) {
        return BrokerAnswer.await(start(draft)).getFirst();
    }

    /// Publishes `draft`. Never blocks: drafts for one channel that one thread hands over are stored in that order,
    /// whether it waits between them or not.
    ///
    /// @return completes, on a thread of the broker, with what [#publish] would have returned or thrown;
    ///     never fails
    public CompletableFuture<Attempted> attempt(Draft draft) {
        return start(draft)
                .handle((published, failure) -> failure == null
                        ? new Attempted.Stored(published.getFirst())
                        : new Attempted.Failed(faultOf(failure)));
    }

    private CompletableFuture<List<Published>> start(Draft draft) {
        MessageSpan span = spans.publish(draft.channel(), 1);
        Message message = draft.toMessage(ids, clock.instant()).withOrigin(span.traceParent());
        PublishMetrics.Attempt attempt = metrics.started(List.of(draft));
        return counted(
                attempt, span, publisher.publish(message).thenApply(outcome -> List.of(toPublished(message, outcome))));
    }

    /// Publishes `drafts`, all of one channel, so that nothing comes between them, and returns when Redis has
    /// stored them. Blocks, and throws as [#publish] does; then all of them may be stored, or none is.
    public List<Published> publishAll(List<Draft> drafts) {
        return BrokerAnswer.await(start(drafts, clock.instant()));
    }

    /// Publishes `drafts`, those of one channel in their order and one right behind the other, and returns
    /// when Redis has answered for all of them. Blocks: call it on a virtual thread.
    ///
    /// @return what became of each, in their order; those of one channel fail together
    public List<Attempted> publishEach(List<Draft> drafts) {
        Instant now = clock.instant();
        Map<Channel, List<Draft>> byChannel =
                drafts.stream().collect(groupingBy(Draft::channel, LinkedHashMap::new, toList()));
        // All are on their way before the first is waited for.
        List<Started> started = byChannel.values().stream()
                .map(some -> new Started(some, start(some, now)))
                .toList();
        Map<Channel, Iterator<Attempted>> results = new HashMap<>();
        started.forEach(each ->
                results.put(each.drafts().getFirst().channel(), attempt(each).iterator()));
        return drafts.stream()
                .map(draft -> requireNonNull(results.get(draft.channel())).next())
                .toList();
    }

    /// Drafts of one channel that are on their way.
    private record Started(List<Draft> drafts, CompletableFuture<List<Published>> answer) {}

    private CompletableFuture<List<Published>> start(List<Draft> drafts, Instant now) {
        MessageSpan span = spans.publish(drafts.getFirst().channel(), drafts.size());
        List<Message> messages = drafts.stream()
                .map(draft -> draft.toMessage(ids, now).withOrigin(span.traceParent()))
                .toList();
        PublishMetrics.Attempt attempt = metrics.started(drafts);
        return counted(
                attempt, span, sequences.publishAll(messages).thenApply(stored -> toPublished(messages, stored)));
    }

    /// `answer`, once it is counted how `attempt` has ended, and with it its step of a trace.
    private static CompletableFuture<List<Published>> counted(
            PublishMetrics.Attempt attempt, MessageSpan span, CompletableFuture<List<Published>> answer) {
        return answer.whenComplete((published, failure) -> {
            if (failure == null) {
                attempt.stored(published);
                span.end();
            } else {
                attempt.failed();
                span.fail(BrokerAnswer.faultOf(failure).code().slug());
            }
        });
    }

    /// Waits.
    private static List<Attempted> attempt(Started started) {
        int count = started.drafts().size();
        try {
            return BrokerAnswer.await(started.answer()).stream()
                    .<Attempted>map(Attempted.Stored::new)
                    .toList();
        } catch (RuntimeException failure) {
            return Collections.nCopies(count, new Attempted.Failed(faultOf(failure)));
        }
    }

    private static FanfareException faultOf(Throwable failure) {
        FanfareException fault = BrokerAnswer.faultOf(failure);
        if (fault.code() == ErrorCode.INTERNAL) {
            LOG.error("a publish failed unexpectedly", fault);
        }
        return fault;
    }

    private static List<Published> toPublished(List<Message> messages, List<PublishOutcome.Stored> stored) {
        return IntStream.range(0, messages.size())
                .mapToObj(i -> toPublished(messages.get(i), stored.get(i)))
                .toList();
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

package dev.fanfare.messaging.publish;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.fanfare.contract.broker.BrokerAnswer;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.broker.SequenceOutcome;
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
import java.util.Set;
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
    ///     is safe. With `ID_TAKEN` when another message has the id; then nothing was stored
    public Published publish(Draft draft) {
        return await(start(draft)).getFirst();
    }

    /// Publishes `draft`. Never blocks: drafts for one channel that one thread hands over are stored in that order,
    /// whether it waits between them or not.
    ///
    /// @return completes, on a thread of the broker, with what [#publish] would have returned or thrown;
    ///     never fails
    public CompletableFuture<Attempted> attempt(Draft draft) {
        Started started = start(draft);
        return started.answer()
                .thenApply(started::published)
                .handle((published, failure) -> failure == null
                        ? new Attempted.Stored(published.getFirst())
                        : new Attempted.Failed(faultOf(failure)));
    }

    /// Publishes `drafts`, all of one channel, so that nothing comes between them, and returns when Redis has
    /// stored them. Blocks, and throws as [#publish] does; then all of them may be stored, or none is.
    public List<Published> publishAll(List<Draft> drafts) {
        return await(start(drafts, clock.instant()));
    }

    /// Publishes `drafts`, those of one channel in their order and one right behind the other, and returns
    /// when Redis has answered for all of them. Blocks: call it on a virtual thread.
    ///
    /// @return what became of each, in their order; those of one channel fail together, but for those with ids of
    ///     other messages, which fail alone
    public List<Attempted> publishEach(List<Draft> drafts) {
        Instant now = clock.instant();
        Map<Channel, List<Draft>> byChannel =
                drafts.stream().collect(groupingBy(Draft::channel, LinkedHashMap::new, toList()));
        // All are on their way before the first is waited for.
        List<Started> started =
                byChannel.values().stream().map(some -> start(some, now)).toList();
        Map<Channel, Iterator<Attempted>> results = new HashMap<>();
        started.forEach(each ->
                results.put(each.drafts().getFirst().channel(), attempt(each).iterator()));
        return drafts.stream()
                .map(draft -> requireNonNull(results.get(draft.channel())).next())
                .toList();
    }

    /// Drafts of one channel that are on their way as `messages`.
    private record Started(List<Draft> drafts, List<Message> messages, CompletableFuture<SequenceOutcome> answer) {

        List<Published> published(SequenceOutcome outcome) {
            return switch (outcome) {
                case SequenceOutcome.Stored(var stored) ->
                    IntStream.range(0, messages.size())
                            .mapToObj(i -> toPublished(messages.get(i), stored.get(i)))
                            .toList();
                case SequenceOutcome.IdsTaken(List<Integer> indexes) ->
                    throw idTaken(messages.size() == 1 ? "" : "message " + indexes.getFirst() + ": ");
            };
        }

        private static Published toPublished(Message message, PublishOutcome.Stored stored) {
            return new Published(message.channel(), message.id(), stored.position(), stored.duplicate());
        }
    }

    private Started start(Draft draft) {
        MessageSpan span = spans.publish(draft.channel(), 1);
        Message message = draft.toMessage(ids, clock.instant()).withOrigin(span.traceParent());
        PublishMetrics.Attempt attempt = metrics.started(List.of(draft));
        CompletableFuture<SequenceOutcome> answer = publisher.publish(message).thenApply(Publishing::sequenceOf);
        return new Started(List.of(draft), List.of(message), counted(attempt, span, answer));
    }

    private Started start(List<Draft> drafts, Instant now) {
        MessageSpan span = spans.publish(drafts.getFirst().channel(), drafts.size());
        List<Message> messages = drafts.stream()
                .map(draft -> draft.toMessage(ids, now).withOrigin(span.traceParent()))
                .toList();
        PublishMetrics.Attempt attempt = metrics.started(drafts);
        return new Started(drafts, messages, counted(attempt, span, sequences.publishAll(messages)));
    }

    /// One message as a sequence.
    private static SequenceOutcome sequenceOf(PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Stored stored -> new SequenceOutcome.Stored(List.of(stored));
            case PublishOutcome.IdTaken _ -> new SequenceOutcome.IdsTaken(List.of(0));
            case PublishOutcome.FencedOff _ ->
                throw new IllegalStateException("fenced off although published without a lease");
        };
    }

    /// `answer`, once it is counted how `attempt` has ended, and with it its step of a trace.
    private static CompletableFuture<SequenceOutcome> counted(
            PublishMetrics.Attempt attempt, MessageSpan span, CompletableFuture<SequenceOutcome> answer) {
        return answer.whenComplete((outcome, failure) -> {
            switch (outcome) {
                case null -> {
                    attempt.failed();
                    span.fail(BrokerAnswer.faultOf(failure).code().slug());
                }
                case SequenceOutcome.IdsTaken _ -> {
                    attempt.idsTaken();
                    span.fail(ErrorCode.ID_TAKEN.slug());
                }
                case SequenceOutcome.Stored(var stored) -> {
                    attempt.stored(stored);
                    span.end();
                }
            }
        });
    }

    private static List<Published> await(Started started) {
        return started.published(BrokerAnswer.await(started.answer()));
    }

    /// Waits.
    private List<Attempted> attempt(Started started) {
        try {
            SequenceOutcome outcome = BrokerAnswer.await(started.answer());
            return outcome instanceof SequenceOutcome.IdsTaken(List<Integer> indexes)
                    ? attemptWithout(Set.copyOf(indexes), started.drafts())
                    : started.published(outcome).stream()
                            .<Attempted>map(Attempted.Stored::new)
                            .toList();
        } catch (RuntimeException failure) {
            return Collections.nCopies(started.drafts().size(), new Attempted.Failed(faultOf(failure)));
        }
    }

    /// Publishes those of `drafts` that are not at the indexes `taken`; fewer each time, if there is another time.
    private List<Attempted> attemptWithout(Set<Integer> taken, List<Draft> drafts) {
        List<Draft> rest = IntStream.range(0, drafts.size())
                .filter(i -> !taken.contains(i))
                .mapToObj(drafts::get)
                .toList();
        Iterator<Attempted> attempts = rest.isEmpty()
                ? Collections.emptyIterator()
                : attempt(start(rest, clock.instant())).iterator();
        return IntStream.range(0, drafts.size())
                .mapToObj(i -> taken.contains(i) ? new Attempted.Failed(idTaken("")) : attempts.next())
                .toList();
    }

    private static FanfareException idTaken(String which) {
        return new FanfareException(
                ErrorCode.ID_TAKEN, which + "another message was published with this id; nothing was stored");
    }

    private static FanfareException faultOf(Throwable failure) {
        FanfareException fault = BrokerAnswer.faultOf(failure);
        if (fault.code() == ErrorCode.INTERNAL) {
            LOG.error("a publish failed unexpectedly", fault);
        }
        return fault;
    }
}

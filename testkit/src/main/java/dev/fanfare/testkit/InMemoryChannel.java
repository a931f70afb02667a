package dev.fanfare.testkit;

import dev.fanfare.contract.broker.HistoryPage;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.broker.HistorySlice.Reason;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.message.Fingerprint;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// What the in-memory broker knows of one channel. Confined to its thread.
final class InMemoryChannel {

    private record Result(StreamPosition position, String fingerprint, Instant until) {}

    private final Clock clock;
    private final Duration idempotencyWindow;
    private final List<Publication> stream = new ArrayList<>();
    private final Map<String, Result> results = new HashMap<>();
    private Tip top;
    private long newestFence;
    private Instant streamUntil = Instant.MAX;

    InMemoryChannel(String epoch, Clock clock, Duration idempotencyWindow) {
        this.top = Tip.startOf(epoch);
        this.clock = clock;
        this.idempotencyWindow = idempotencyWindow;
    }

    /// Which of `messages` have the id of another one, known or among them.
    List<Integer> taken(List<Message> messages) {
        forgetResults(clock.instant());
        Map<String, String> fingerprints = new HashMap<>();
        results.forEach((id, result) -> fingerprints.put(id, result.fingerprint()));
        return IntStream.range(0, messages.size())
                .filter(i -> {
                    String fingerprint = Fingerprint.of(messages.get(i));
                    String known = fingerprints.putIfAbsent(messages.get(i).id(), fingerprint);
                    return known != null && !known.equals(fingerprint);
                })
                .boxed()
                .toList();
    }

    /// @param announced is given the publication that is stored, if one is
    PublishOutcome append(Message message, long fence, ChannelRule rule, Consumer<Publication> announced) {
        Instant now = clock.instant();
        forgetResults(now);
        String fingerprint = Fingerprint.of(message);
        Result seen = results.get(message.id());
        if (seen != null) {
            return seen.fingerprint().equals(fingerprint)
                    ? new PublishOutcome.Stored(seen.position(), true)
                    : new PublishOutcome.IdTaken();
        }
        if (fence != MessagePublisher.NO_FENCE && fence < newestFence) {
            return new PublishOutcome.FencedOff();
        }
        newestFence = Math.max(newestFence, fence);
        dropExpired(now);
        Publication publication = next(message);
        top = publication.tip();
        stream.add(publication);
        while (stream.size() > rule.historySize()) {
            stream.removeFirst();
        }
        streamUntil = now.plus(rule.historyTtl());
        results.put(message.id(), new Result(top.position(), fingerprint, now.plus(idempotencyWindow)));
        announced.accept(publication);
        return new PublishOutcome.Stored(top.position(), false);
    }

    private void forgetResults(Instant now) {
        results.values().removeIf(result -> !result.until().isAfter(now));
    }

    private Publication next(Message message) {
        StreamPosition last = top.position();
        long offset = last.offset() + 1;
        return new Publication(
                new StreamPosition(last.epoch(), offset), "m" + offset, top.mark(), StoredMessage.of(message));
    }

    Tip top() {
        return top;
    }

    HistorySlice since(StreamPosition since, int limit) {
        if (!since.isSameEpochAs(top.position())) {
            return new HistorySlice.Unrecoverable(top, Reason.EPOCH_CHANGED);
        }
        long missing = top.position().offset() - since.offset();
        if (missing < 0) {
            return new HistorySlice.Unrecoverable(top, Reason.OFFSET_IN_FUTURE);
        }
        if (missing > limit) {
            return new HistorySlice.Unrecoverable(top, Reason.OVER_LIMIT);
        }
        dropExpired(clock.instant());
        return missing > stream.size()
                ? new HistorySlice.Unrecoverable(top, Reason.TOO_OLD)
                : new HistorySlice.Complete(top, stream.subList(stream.size() - (int) missing, stream.size()));
    }

    List<Publication> range(long after, StreamPosition upTo) {
        dropExpired(clock.instant());
        return stream.stream()
                .filter(publication -> upTo.isSameEpochAs(publication.position()))
                .filter(publication -> publication.position().offset() > after)
                .filter(publication -> publication.position().offset() <= upTo.offset())
                .toList();
    }

    int kept() {
        dropExpired(clock.instant());
        return stream.size();
    }

    HistoryPage page(PageRequest request) {
        long oldest = top.position().offset() - kept() + 1;
        long first = request.firstOffset(oldest);
        long last = request.lastOffset(top.position());
        List<Publication> part = stream.stream()
                .filter(publication -> publication.position().offset() >= first)
                .filter(publication -> publication.position().offset() <= last)
                .toList();
        List<Publication> entries = new ArrayList<>();
        int bytes = 0;
        for (Publication next : request.isOldestFirst() ? part : part.reversed()) {
            bytes += next.message().utf8().length;
            if (entries.size() == request.limit() || (!entries.isEmpty() && bytes > request.maxBytes())) {
                break;
            }
            entries.add(next);
        }
        return HistoryPage.of(request, top, oldest, entries);
    }

    private void dropExpired(Instant now) {
        if (!streamUntil.isAfter(now)) {
            stream.clear();
        }
    }
}

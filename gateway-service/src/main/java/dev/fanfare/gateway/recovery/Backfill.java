package dev.fanfare.gateway.recovery;

import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import dev.fanfare.gateway.hub.Join;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The joiners of one channel that want some of its past, and as much of that past as is at hand.
///
/// One read at a time, however many wait. Guarded by the lock of the channel's [ChannelTimeline].
final class Backfill {

    private final int maxMessages;
    private final int maxBytes;
    private final List<Join> waiting = new ArrayList<>();
    private @Nullable RecentMessages recent;
    private @Nullable Read reading;
    private long expiresAt;

    /// One read under way: everything after `after` up to `upTo`.
    record Read(long after, StreamPosition upTo) {}

    /// What a joiner gets: the messages after its start, or nothing because some of them are gone.
    record Settled(Join join, boolean isRecovered, List<Publication> backlog) {

        static Settled empty(Join join) {
            return new Settled(join, false, List.of());
        }
    }

    Backfill(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /// Keeps a message that was served just now, if the recent past is being kept.
    void served(Publication publication) {
        if (recent != null) {
            recent.append(publication);
        }
    }

    private void forget() {
        recent = null;
        reading = null;
    }

    /// Forgets the past when nobody has asked for it until `nanos`.
    void forgetIfUnused(long nanos) {
        if (recent != null && waiting.isEmpty() && nanos - expiresAt >= 0) {
            forget();
        }
    }

    /// Keeps the recent past at least until `nanos`, by `System.nanoTime`.
    void keepUntil(long nanos) {
        expiresAt = nanos;
    }

    /// Lets `join` wait for the next read that covers it.
    void add(Join join) {
        waiting.add(join);
    }

    /// Forgets everything and returns those who waited.
    List<Join> giveUp() {
        List<Join> givenUp = List.copyOf(waiting);
        waiting.clear();
        forget();
        return givenUp;
    }

    /// The offset after which `start` wants to begin, in a channel that has been served up to `served`;
    /// negative when that is further back than anybody may go.
    long wantedAfter(StartPoint start, StreamPosition served) {
        long oldest = Math.max(0, served.offset() - maxMessages);
        return switch (start) {
            case StartPoint.Now _ -> served.offset();
            case StartPoint.After(StreamPosition from, var id) -> {
                // With an id the message at the position itself is wanted too, to compare.
                long after = id == null || from.offset() == 0 ? from.offset() : from.offset() - 1;
                yield after >= oldest ? after : -1;
            }
            case StartPoint.Newest(int messages) -> Math.max(oldest, served.offset() - messages);
            case StartPoint.Within _ -> oldest;
        };
    }

    /// Ends the wait of those who have come to want more than anybody may get, while they waited.
    List<Join> takeOutOfReach(StreamPosition served) {
        List<Join> tooLate = waiting.stream()
                .filter(join -> wantedAfter(join.start(), served) < 0)
                .toList();
        waiting.removeAll(tooLate);
        return tooLate;
    }

    /// The read that is needed now for those who wait, or null when there is none or one is under way.
    @Nullable
    Read nextRead(Tip tip) {
        StreamPosition served = tip.position();
        if (reading != null || waiting.isEmpty()) {
            return null;
        }
        long after = waiting.stream()
                .mapToLong(join -> wantedAfter(join.start(), served))
                .min()
                .orElse(served.offset());
        recent = new RecentMessages(tip, maxBytes);
        reading = new Read(after, served);
        return reading;
    }

    /// Takes the answer to `read`; false when it was given up meanwhile.
    boolean take(Read read, List<Publication> older) {
        if (!read.equals(reading) || recent == null) {
            return false;
        }
        recent.prepend(older);
        reading = null;
        return true;
    }

    /// `read` failed; it will be needed again.
    void fail(Read read) {
        if (read.equals(reading)) {
            forget();
        }
    }

    /// Whether everything after `after` is at hand.
    boolean covers(long after) {
        return recent != null && reading == null && recent.after() <= after;
    }

    /// Ends the wait of all whose wish `read` was meant to fulfil; later wishes go on waiting.
    List<Settled> settle(Read read, StreamPosition served, Instant now) {
        var settled = new ArrayList<Settled>();
        waiting.removeIf(join -> {
            boolean wasAsked = wantedAfter(join.start(), read.upTo()) >= read.after();
            if (wasAsked) {
                settled.add(settled(join, served, now));
            }
            return wasAsked;
        });
        return settled;
    }

    /// What `join` gets out of what is at hand.
    Settled settled(Join join, StreamPosition served, Instant now) {
        RecentMessages known = recent;
        if (known == null) {
            return Settled.empty(join);
        }
        long after = wantedAfter(join.start(), served);
        return switch (join.start()) {
            case StartPoint.Now _ -> Settled.empty(join);
            case StartPoint.After(StreamPosition from, var id) ->
                known.after() <= after && known.holds(from.offset(), id)
                        ? new Settled(join, true, known.since(from.offset()))
                        : Settled.empty(join);
            case StartPoint.Newest _ -> {
                List<Publication> backlog = known.since(Math.max(after, known.after()));
                yield new Settled(join, !backlog.isEmpty() || served.offset() == 0, backlog);
            }
            case StartPoint.Within(var age) -> new Settled(join, true, known.since(now.minus(age)));
        };
    }
}

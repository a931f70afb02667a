package dev.fanfare.e2e.chaos;

import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.e2e.chaos.StoredChannel.Stored;
import dev.fanfare.e2e.chaos.Writer.Acknowledged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares what a follower saw of one channel with what was published to it.
final class Checker {

    /*
     * What must hold
     * --------------
     * 1. After position n comes n+1 of the same epoch, with the next number. Anything else is a loss, a
     *    repetition or a change of order, unless the follower was told just before.
     * 2. Whoever is told is told because Redis may have lost something: never before the first fault that
     *    can make Redis lose what it has acknowledged.
     * 3. In the end the follower stands where the channel stands, and what it saw since it was told for
     *    the last time is what the channel holds.
     * 4. What was acknowledged is kept, as far as the channel's rule promises it.
     *
     * What Redis loses in a failover before anybody saw it leaves offsets without a hole but numbers
     * with one. On a channel whose rule waits for no replica that is counted and not a violation: no
     * subscriber can know.
     */

    /// What a channel holds in the end. `kept` by offset.
    record Outcome(String epoch, SortedMap<Long, Stored> kept, List<Acknowledged> acknowledged) {

        StreamPosition top() {
            return new StreamPosition(epoch, kept.lastKey());
        }
    }

    /// What may have been lost, and since when.
    ///
    /// @param firstLossNanos when the first fault began that can make Redis lose something;
    ///     `Long.MAX_VALUE` if there was none
    /// @param mayLoseAcknowledged whether the channel's rule and the faults allow the loss of acknowledged messages
    record Allowed(long firstLossNanos, boolean mayLoseAcknowledged) {}

    private final Outcome outcome;
    private final Allowed allowed;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> told = new TreeMap<>();
    private int toldWithoutLoss;
    private int received;
    private int recovered;
    private int numbersMissing;

    private @Nullable StreamPosition position;
    private boolean isJoined;

    /// The number of the message at the position, -1 when it is not known.
    private int number = -1;

    Checker(Outcome outcome, Allowed allowed) {
        this.outcome = outcome;
        this.allowed = allowed;
    }

    /// Goes through all that was seen.
    Checker check(Track track) {
        for (Track.At at : track.all()) {
            int before = violations.size();
            switch (at.seen()) {
                case Seen.Joined joined -> join(joined, at.nanos());
                case Seen.Told told -> tell(told.reason(), told.position(), at.nanos());
                case Seen.Received message -> receive(message);
                case Seen.Away _ -> isJoined = false;
            }
            if (violations.size() > before) {
                // What follows from a first violation says nothing more.
                return this;
            }
        }
        checkEnd(track);
        return this;
    }

    private void join(Seen.Joined joined, long nanos) {
        isJoined = true;
        if (joined.asked() == null) {
            violateIf(joined.isRecovered(), "recovered without having asked");
            violateIf(position != null, "had no position to go on from");
            goOnAfter(joined.position());
            number = joined.position().offset() == 0 ? 0 : -1;
        } else if (joined.isRecovered()) {
            recovered++;
            violateIf(
                    !joined.position().isSameEpochAs(joined.asked())
                            || joined.position().offset() < joined.asked().offset(),
                    "recovered " + joined.asked() + " at " + joined.position());
        } else {
            tell("recovered:false", joined.position(), nanos);
        }
    }

    private void tell(String reason, StreamPosition newPosition, long nanos) {
        told.merge(reason, 1, Integer::sum);
        violateIf(!isJoined, "told " + reason + " before the subscribe was answered");
        violateIf(
                nanos < allowed.firstLossNanos(), "told " + reason + " at " + position + " although nothing was lost");
        if (isStillThere()) {
            toldWithoutLoss++;
        }
        goOnAfter(newPosition);
        number = -1;
    }

    /// Whether the message at the position is in the channel to this day.
    private boolean isStillThere() {
        StreamPosition at = position;
        if (at == null || !at.epoch().equals(outcome.epoch())) {
            return false;
        }
        Stored stored = outcome.kept().get(at.offset());
        return stored != null && stored.number() == number;
    }

    private void receive(Seen.Received message) {
        received++;
        StreamPosition at = position;
        violateIf(!isJoined, "received " + message.position() + " before the subscribe was answered");
        if (at == null) {
            return;
        }
        if (!at.isFollowedBy(message.position())) {
            violations.add(wrongStep(at, message.position()));
        }
        checkNumber(message);
        goOnAfter(message.position());
        number = message.number();
    }

    private static String wrongStep(StreamPosition at, StreamPosition next) {
        String what = !at.isSameEpochAs(next)
                ? "another epoch, untold"
                : next.offset() > at.offset() ? "lost, untold" : "repeated or out of order, untold";
        return what + ": " + next + " after " + at;
    }

    private void checkNumber(Seen.Received message) {
        if (number < 0) {
            return;
        }
        int step = message.number() - number;
        violateIf(step < 1, "number " + message.number() + " after " + number + " at " + message.position());
        if (step > 1) {
            violateIf(
                    !allowed.mayLoseAcknowledged(),
                    "number " + message.number() + " after " + number + " at " + message.position()
                            + ": acknowledged and lost");
            numbersMissing += step - 1;
        }
    }

    private void checkEnd(Track track) {
        StreamPosition at = position;
        violateIf(
                at == null || !at.equals(outcome.top()), "ended at " + at + " but the channel is at " + outcome.top());
        for (Track.At each : track.all().reversed()) {
            if (isLoss(each.seen())) {
                return;
            }
            if (each.seen() instanceof Seen.Received message) {
                Stored stored = outcome.kept().get(message.position().offset());
                violateIf(
                        stored == null || stored.number() != message.number(),
                        "saw number " + message.number() + " at " + message.position() + " where the channel holds "
                                + stored + ", untold");
            }
        }
    }

    private static boolean isLoss(Seen seen) {
        return switch (seen) {
            case Seen.Told _ -> true;
            case Seen.Joined joined -> joined.asked() != null && !joined.isRecovered();
            case Seen.Received _, Seen.Away _ -> false;
        };
    }

    /// Whether every message that was acknowledged is kept, or may be lost.
    static List<String> lostAcknowledged(Outcome outcome, Allowed allowed) {
        if (allowed.mayLoseAcknowledged()) {
            return List.of();
        }
        return outcome.acknowledged().stream()
                .filter(each -> !isKept(outcome, each))
                .map(each -> "acknowledged and lost: " + each)
                .toList();
    }

    /// Whether the last message that was acknowledged is kept.
    static boolean isEndKept(Outcome outcome) {
        return outcome.acknowledged().isEmpty()
                || isKept(outcome, outcome.acknowledged().getLast());
    }

    private static boolean isKept(Outcome outcome, Acknowledged each) {
        Stored stored = outcome.kept().get(each.position().offset());
        return each.position().epoch().equals(outcome.epoch()) && stored != null && stored.number() == each.number();
    }

    private void goOnAfter(StreamPosition newPosition) {
        position = newPosition;
    }

    private void violateIf(boolean isWrong, String text) {
        if (isWrong) {
            violations.add(text);
        }
    }

    List<String> violations() {
        return violations;
    }

    /// How often the follower was told of a loss, by reason.
    Map<String, Integer> told() {
        return told;
    }

    /// How often it was told although the message at its position is still there: Redis had lost it for a
    /// while, or a server answered that was no longer the primary.
    int toldWithoutLoss() {
        return toldWithoutLoss;
    }

    int received() {
        return received;
    }

    /// How often it went on where it was.
    int recovered() {
        return recovered;
    }

    /// Messages that Redis had lost before the follower saw them.
    int numbersMissing() {
        return numbersMissing;
    }
}

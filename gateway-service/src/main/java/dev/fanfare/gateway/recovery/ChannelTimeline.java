package dev.fanfare.gateway.recovery;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.gateway.hub.Fanout;
import dev.fanfare.gateway.hub.Join;
import dev.fanfare.gateway.hub.LoopChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Where one channel stands on this gateway: the position up to which its subscribers have been served.
///
/// Thread-safe. Every method takes this object's lock for a short time and never waits for anything
/// while it holds it; nothing else is locked inside.
final class ChannelTimeline {

    /*
     * Phases
     * ------
     *              opened                     a message that is not the next,
     *   OPENING ───────────►  LIVE  ◄──┐      or the feed was lost and is back
     *      │                    │      │ repaired
     *      │ joiners wait,      ▼      │
     *      │ messages too    REPAIRING ┘  the missing part is read from history,
     *      ▼                    │         new messages wait
     *    CLOSED ◄───────────────┘
     *
     * Why a lock and not a thread
     * ---------------------------
     * Messages come from the feed, joiners from event loops, history from Redis connections. All of them
     * must agree on one order: a joiner that is told position n gets n+1 next. Under the lock a few
     * tasks are posted to event loops, which never blocks, and the loops keep the order of the posts.
     *
     * Why messages are compared at all
     * --------------------------------
     * Pub/sub is at most once. Offsets without a hole are the only proof that nothing was lost,
     * whatever the reason: Redis cut us off, restarted, failed over, or we were too slow.
     */

    private static final Logger LOG = Logger.getLogger(ChannelTimeline.class);

    private enum Phase {
        OPENING,
        LIVE,
        REPAIRING,
        CLOSED
    }

    private final Channel channel;
    private final Fanout fanout;
    private final ChannelHistory history;
    private final RecoveryConfig config;
    private final RecoveryMetrics metrics;
    private final Executor later;
    private final InstantSource clock;

    private Phase phase = Phase.OPENING;
    private final List<Join> joiners = new ArrayList<>();
    private final Backfill backfill;
    private ArrivedMessages arrived;
    private boolean isSuspect;
    private boolean isQuiet;

    /// Null while opening.
    private @Nullable StreamPosition position;

    /// The message at `position`, or null when this gateway has not seen it.
    private @Nullable StoredMessage last;

    /// @param later runs a task after the back-off between two attempts to read from Redis
    ChannelTimeline(
            Channel channel,
            Fanout fanout,
            ChannelHistory history,
            RecoveryConfig config,
            RecoveryMetrics metrics,
            Executor later,
            InstantSource clock) {
        this.channel = channel;
        this.fanout = fanout;
        this.history = history;
        this.config = config;
        this.metrics = metrics;
        this.later = later;
        this.clock = clock;
        this.backfill = new Backfill(
                config.maxBacklogMessages(), (int) config.maxBacklogBytes().asLongValue());
        this.arrived = newArrived();
    }

    synchronized void addLoop(LoopChannel onLoop) {
        fanout.add(onLoop);
    }

    /// Returns whether no loop is left.
    synchronized boolean removeLoop(LoopChannel onLoop) {
        return fanout.remove(onLoop);
    }

    synchronized void close() {
        phase = Phase.CLOSED;
        joiners.clear();
        var _ = backfill.giveUp();
        arrived = newArrived();
    }

    /// The interest is acknowledged by Redis, so from now on nothing is missed: find out where the
    /// channel stands, and let the joiners in.
    void open() {
        whenRead(history.position(channel), this::opened, this::openAgain);
    }

    private void openAgain() {
        if (isInPhase(Phase.OPENING)) {
            open();
        }
    }

    private synchronized void opened(StreamPosition top) {
        if (phase != Phase.OPENING) {
            return;
        }
        position = top;
        admitJoiners();
        arrived.plain().forEach(fanout::deliverPlain);
        resume(top);
    }

    /// Lets a subscription in: at once where that is possible, else as soon as the channel's position
    /// is known, the gateway has caught up with the client, or the past that it wants has been read.
    synchronized void join(Join join) {
        switch (phase) {
            case OPENING -> joiners.add(join);
            case LIVE, REPAIRING -> admit(join);
            case CLOSED -> throw new IllegalStateException("joined a closed timeline");
        }
    }

    private void admitJoiners() {
        List<Join> waiting = List.copyOf(joiners);
        joiners.clear();
        waiting.forEach(this::admit);
    }

    private void admit(Join join) {
        StreamPosition served = servedUpTo();
        switch (join.start()) {
            case StartPoint.Now _ -> fanout.attach(join, served, false, List.of());
            case StartPoint.After after when !isServed(after.position()) -> lookAhead(join, after.position());
            case StartPoint.After _, StartPoint.Newest _, StartPoint.Within _ -> admitWithPast(join, served);
        }
    }

    private boolean isServed(StreamPosition from) {
        StreamPosition served = servedUpTo();
        return from.isSameEpochAs(served) && from.offset() <= served.offset();
    }

    /// The client claims to be further than this gateway: because another one served it that is ahead,
    /// or because its position means nothing here. Redis knows.
    private void lookAhead(Join join, StreamPosition from) {
        whenRead(history.position(channel), top -> lookedAhead(join, from, top), () -> joinAgain(join));
    }

    private synchronized void joinAgain(Join join) {
        if (phase != Phase.CLOSED) {
            admit(join);
        }
    }

    private synchronized void lookedAhead(Join join, StreamPosition from, StreamPosition top) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (isServed(from)) {
            admit(join);
        } else if (from.isSameEpochAs(top) && from.offset() <= top.offset()) {
            joiners.add(join);
            catchUp();
        } else {
            attach(Backfill.Settled.empty(join));
        }
    }

    private void catchUp() {
        if (phase == Phase.LIVE) {
            repair();
        } else {
            isSuspect = true;
        }
    }

    private void admitWithPast(Join join, StreamPosition served) {
        long after = backfill.wantedAfter(join.start(), served);
        backfill.keepUntil(System.nanoTime() + config.recentTtl().toNanos());
        if (after < 0) {
            attach(Backfill.Settled.empty(join));
        } else if (after == served.offset() || isAtLast(join.start(), served)) {
            attach(new Backfill.Settled(join, true, List.of()));
        } else if (backfill.covers(after)) {
            attach(backfill.settled(join, served, clock.instant()));
        } else {
            backfill.add(join);
            readPast();
        }
    }

    /// Whether the client proves that it was served just what this gateway served last.
    private boolean isAtLast(StartPoint start, StreamPosition served) {
        return start instanceof StartPoint.After(StreamPosition from, String id)
                && from.equals(served)
                && last != null
                && last.id().equals(id);
    }

    private void attach(Backfill.Settled settled) {
        metrics.resumed(settled.isRecovered());
        fanout.attach(settled.join(), servedUpTo(), settled.isRecovered(), settled.backlog());
    }

    private void readPast() {
        StreamPosition served = servedUpTo();
        backfill.takeOutOfReach(served).forEach(join -> attach(Backfill.Settled.empty(join)));
        Backfill.Read read = backfill.nextRead(served);
        if (read != null) {
            metrics.historyRead();
            whenRead(
                    history.range(channel, read.after(), read.upTo()),
                    older -> pastRead(read, older),
                    () -> pastNotRead(read));
        }
    }

    private synchronized void pastRead(Backfill.Read read, List<Publication> older) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (backfill.take(read, older)) {
            backfill.settle(read, servedUpTo(), clock.instant()).forEach(this::attach);
        }
        readPast();
    }

    private synchronized void pastNotRead(Backfill.Read read) {
        if (phase != Phase.CLOSED) {
            backfill.fail(read);
            readPast();
        }
    }

    /// A stored message came from the feed.
    synchronized void onPublication(Publication publication) {
        switch (phase) {
            case OPENING, REPAIRING -> arrived.add(publication);
            case LIVE -> deliverInOrder(publication);
            case CLOSED -> {}
        }
    }

    /// A plain Redis message came from the feed: it has no place in the order and waits for nothing
    /// but the first joiners.
    synchronized void onPlainMessage(String text) {
        switch (phase) {
            case OPENING -> arrived.addPlain(text);
            case LIVE, REPAIRING -> fanout.deliverPlain(text);
            case CLOSED -> {}
        }
    }

    /// The feed was lost and is back: something may be missing.
    synchronized void onRegained() {
        switch (phase) {
            case OPENING, LIVE, REPAIRING -> catchUp();
            case CLOSED -> {}
        }
    }

    private void deliverInOrder(Publication publication) {
        StreamPosition served = servedUpTo();
        StreamPosition next = publication.position();
        if (served.isFollowedBy(next)) {
            deliver(publication);
        } else if (!served.isSameEpochAs(next) || next.offset() > served.offset() || isOtherThanLast(publication)) {
            metrics.gapFound();
            repair();
            arrived.add(publication);
        }
    }

    /// Whether another message comes with the offset that was served last: a failover took that one back,
    /// and Redis gave its place away, while an old primary still answered our reads.
    private boolean isOtherThanLast(Publication publication) {
        return publication.position().equals(position) && last != null && !last.equals(publication.message());
    }

    private void deliver(Publication publication) {
        fanout.deliver(publication);
        backfill.served(publication);
        position = publication.position();
        last = publication.message();
        isQuiet = false;
    }

    private void repair() {
        phase = Phase.REPAIRING;
        isSuspect = false;
        arrived = newArrived();
        readMissing();
    }

    /// Reads the last message that was served once more, to see that it still is the same.
    private void readMissing() {
        StreamPosition served = servedUpTo();
        StreamPosition from = last == null ? served : new StreamPosition(served.epoch(), served.offset() - 1);
        whenRead(history.since(channel, from, config.maxRepairMessages()), this::repaired, this::readMissingAgain);
    }

    private synchronized void readMissingAgain() {
        if (phase == Phase.REPAIRING) {
            readMissing();
        }
    }

    private synchronized void repaired(HistorySlice slice) {
        if (phase != Phase.REPAIRING) {
            return;
        }
        switch (slice) {
            case HistorySlice.Complete complete
            when isRewritten(complete) -> tellLoss(complete.top(), HistorySlice.Reason.REWRITTEN);
            case HistorySlice.Complete complete -> {
                List<Publication> missed = complete.publications()
                        .subList(last == null ? 0 : 1, complete.publications().size());
                missed.forEach(this::deliver);
                metrics.repaired(missed.size());
                resume(complete.top());
            }
            case HistorySlice.Unrecoverable unrecoverable
            when last != null && isMaybeTrimmed(unrecoverable) -> {
                // The message that was served last may just have been trimmed while what follows is there.
                last = null;
                readMissing();
            }
            case HistorySlice.Unrecoverable unrecoverable -> tellLoss(unrecoverable.top(), unrecoverable.reason());
        }
    }

    private boolean isRewritten(HistorySlice.Complete complete) {
        return last != null
                && (complete.publications().isEmpty()
                        || !complete.publications().getFirst().message().equals(last));
    }

    private static boolean isMaybeTrimmed(HistorySlice.Unrecoverable unrecoverable) {
        return unrecoverable.reason() == HistorySlice.Reason.TOO_OLD
                || unrecoverable.reason() == HistorySlice.Reason.OVER_LIMIT;
    }

    /// Nothing continues what was served before: says so, and whoever waits for some of that past starts
    /// anew.
    private void tellLoss(StreamPosition top, HistorySlice.Reason reason) {
        StreamPosition from = continuation(top);
        fanout.tellDiscontinuity(from, reason);
        metrics.discontinuity(reason);
        last = null;
        joiners.addAll(backfill.giveUp());
        resume(from);
    }

    /// After a loss, the place from which everything can be delivered: as far before `top` as the
    /// messages reach that arrived meanwhile.
    private StreamPosition continuation(StreamPosition top) {
        for (Publication first : arrived.publications()) {
            StreamPosition at = first.position();
            if (at.isSameEpochAs(top) && at.offset() <= top.offset()) {
                return new StreamPosition(top.epoch(), at.offset() - 1);
            }
        }
        return top;
    }

    /// Goes on live from `from` with what arrived meanwhile, unless that has a hole too.
    private void resume(StreamPosition from) {
        List<Publication> waiting = arrived.publications();
        boolean mayMiss = isSuspect || arrived.overflowed();
        position = from;
        phase = Phase.LIVE;
        arrived = newArrived();
        isSuspect = false;
        waiting.forEach(this::onPublication);
        if (mayMiss && phase == Phase.LIVE) {
            repair();
        }
        if (phase == Phase.LIVE) {
            admitJoiners();
        }
    }

    /// Looks, once in a while, whether a channel in which nothing happens stands where Redis says it
    /// does: a lost message that no other follows would never be noticed otherwise.
    void checkPosition() {
        if (isQuietAndLive()) {
            whenRead(history.position(channel), this::checked, () -> {});
        }
    }

    private synchronized boolean isQuietAndLive() {
        boolean wasQuiet = isQuiet;
        isQuiet = true;
        backfill.forgetIfUnused(System.nanoTime());
        return wasQuiet && phase == Phase.LIVE;
    }

    private synchronized void checked(StreamPosition top) {
        if (phase == Phase.LIVE && isQuiet && !top.equals(position)) {
            repair();
        }
    }

    /// Goes on with what was read, or tries `again` later when Redis did not answer.
    private <T> void whenRead(CompletableFuture<T> read, Consumer<T> then, Runnable again) {
        var _ = read.handle((value, failure) -> {
                    if (failure == null) {
                        then.accept(value);
                    } else {
                        later.execute(again);
                    }
                    return channel;
                })
                .exceptionally(failure -> {
                    LOG.errorf(failure, "cannot go on channel=%s", channel);
                    return channel;
                });
    }

    /// Whether subscribers have everything that this gateway knows of.
    boolean isLive() {
        return isInPhase(Phase.LIVE);
    }

    private synchronized boolean isInPhase(Phase expected) {
        return phase == expected;
    }

    private StreamPosition servedUpTo() {
        if (position == null) {
            throw new IllegalStateException("the position is not known in phase " + phase);
        }
        return position;
    }

    private ArrivedMessages newArrived() {
        return new ArrivedMessages((int) config.maxBufferedBytes().asLongValue());
    }
}

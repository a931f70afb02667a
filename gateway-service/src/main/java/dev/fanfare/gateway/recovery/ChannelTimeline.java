package dev.fanfare.gateway.recovery;

import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.StartPoint;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
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
     * Pub/sub is at most once. A chain of marks without a hole is the only proof that nothing was lost,
     * whatever the reason: Redis cut us off, restarted, failed over, or we were too slow. Offsets alone
     * prove less: a new primary gives the offsets of messages that it never had to others, and for a
     * moment an old primary and a new one answer both.
     */

    private static final Logger LOG = Logger.getLogger(ChannelTimeline.class);

    /// At `retry-delay` each, longer than an old primary answers beside a new one.
    private static final int MAX_REPAIRS_IN_VAIN = 10;

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

    /// Up to where subscribers have been served; null while opening.
    private @Nullable Tip tip;

    /// The message there, or null when this gateway has not seen it.
    private @Nullable StoredMessage last;

    /// The message that last did not fit, and how many repairs have not changed that.
    private @Nullable Publication misfit;

    private int repairsInVain;

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
        whenRead(history.tip(channel), this::opened, this::openAgain);
    }

    private void openAgain() {
        if (isInPhase(Phase.OPENING)) {
            open();
        }
    }

    private synchronized void opened(Tip top) {
        if (phase != Phase.OPENING) {
            return;
        }
        tip = top;
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
        whenRead(history.tip(channel), top -> lookedAhead(join, from, top.position()), () -> joinAgain(join));
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
        Tip served = servedTip();
        backfill.takeOutOfReach(served.position()).forEach(join -> attach(Backfill.Settled.empty(join)));
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
        Tip served = servedTip();
        if (served.isFollowedBy(publication)) {
            deliver(publication);
        } else if (!served.isAtOrAfter(publication)) {
            metrics.gapFound();
            repairFor(publication);
        }
    }

    /// Either something is missing, or the answer came from a primary that the feed has left, or the message
    /// does not exist any more: it was taken back, or Redis has been emptied since. The last shows when no
    /// repair leads to it.
    private void repairFor(Publication publication) {
        repairsInVain = publication.equals(misfit) ? repairsInVain + 1 : 0;
        misfit = publication;
        if (repairsInVain < MAX_REPAIRS_IN_VAIN) {
            repair(repairsInVain > 0);
            arrived.add(publication);
        } else {
            LOG.infof("dropped a message that is not there any more channel=%s at=%s", channel, publication.position());
        }
    }

    private void deliver(Publication publication) {
        fanout.deliver(publication);
        backfill.served(publication);
        tip = publication.tip();
        last = publication.message();
        isQuiet = false;
    }

    private void repair() {
        repair(false);
    }

    private void repair(boolean isLater) {
        phase = Phase.REPAIRING;
        isSuspect = false;
        arrived = newArrived();
        if (isLater) {
            later.execute(this::readMissingAgain);
        } else {
            readMissing();
        }
    }

    private void readMissing() {
        whenRead(
                history.since(channel, servedUpTo(), config.maxRepairMessages()),
                this::repaired,
                this::readMissingAgain);
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
            when !continues(complete) -> tellLoss(complete.top(), HistorySlice.Reason.REWRITTEN);
            case HistorySlice.Complete complete -> {
                complete.publications().forEach(this::deliver);
                metrics.repaired(complete.publications().size());
                resume(complete.top());
            }
            case HistorySlice.Unrecoverable unrecoverable -> tellLoss(unrecoverable.top(), unrecoverable.reason());
        }
    }

    private boolean continues(HistorySlice.Complete complete) {
        Tip served = servedTip();
        return complete.publications().isEmpty()
                ? complete.top().equals(served)
                : served.isFollowedBy(complete.publications().getFirst());
    }

    /// Nothing continues what was served before: says so, and whoever waits for some of that past starts
    /// anew.
    private void tellLoss(Tip top, HistorySlice.Reason reason) {
        Tip from = continuation(top);
        fanout.tellDiscontinuity(from.position(), reason);
        metrics.discontinuity(reason);
        last = null;
        joiners.addAll(backfill.giveUp());
        resume(from);
    }

    /// After a loss, the place from which everything can be delivered: as far before `top` as the
    /// messages reach that arrived meanwhile.
    private Tip continuation(Tip top) {
        for (Publication first : arrived.publications()) {
            if (top.isAtOrAfter(first)) {
                // What came before it was published before the loss.
                arrived.dropBefore(first);
                return first.previousTip();
            }
        }
        return top;
    }

    /// Goes on live from `from` with what arrived meanwhile, unless that has a hole too.
    private void resume(Tip from) {
        List<Publication> waiting = arrived.publications();
        boolean mayMiss = isSuspect || arrived.overflowed();
        tip = from;
        phase = Phase.LIVE;
        arrived = newArrived();
        isSuspect = false;
        waiting.forEach(this::onPublication);
        if (phase == Phase.LIVE) {
            misfit = null;
            if (mayMiss) {
                repair();
            } else {
                admitJoiners();
            }
        }
    }

    /// Looks, once in a while, whether a channel in which nothing happens stands where Redis says it
    /// does: a lost message that no other follows would never be noticed otherwise.
    void checkPosition() {
        if (isQuietAndLive()) {
            whenRead(history.tip(channel), this::checked, () -> {});
        }
    }

    private synchronized boolean isQuietAndLive() {
        boolean wasQuiet = isQuiet;
        isQuiet = true;
        backfill.forgetIfUnused(System.nanoTime());
        return wasQuiet && phase == Phase.LIVE;
    }

    private synchronized void checked(Tip top) {
        if (phase == Phase.LIVE && isQuiet && !top.equals(tip)) {
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
        return servedTip().position();
    }

    private Tip servedTip() {
        if (tip == null) {
            throw new IllegalStateException("the position is not known in phase " + phase);
        }
        return tip;
    }

    private ArrivedMessages newArrived() {
        return new ArrivedMessages((int) config.maxBufferedBytes().asLongValue());
    }
}

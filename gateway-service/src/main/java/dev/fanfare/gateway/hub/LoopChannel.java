package dev.fanfare.gateway.hub;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.PublicationFrame;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One channel on one event loop: its subscriptions there, and the frames that wait for them. Confined to the loop,
/// but for the methods that say otherwise.
public final class LoopChannel {

    /*
     * The hot path
     * ------------
     * A publication costs one task per event loop that has subscribers, and at most one write per subscriber.
     * Everything else is done once for all of them:
     *
     *   feed thread     Fanout       encodes the frame once, posts it to each loop
     *   event loop      post         appends it to this channel's log                    (per message)
     *                   walk         writes to each subscriber what it has not had yet   (per subscriber)
     *
     * Why the walk is done in parts
     * -----------------------------
     * A walk over 1,000 subscribers is 1,000 system calls: milliseconds. `LoopHub` has it stop now and then, so that
     * the loop can read what came meanwhile, and each subscriber gets what there is when its turn comes, not
     * what there was when the walk began:
     *
     *            log      ├─ m1 ─┤├─ m2 ─┤├─ m3 ─┤ end
     *            places   ▲ not visited yet      ▲ visited since m3 came
     *
     * The walk goes round, and ends when everybody has been visited since the newest frame came. While a loop is
     * idle it runs at once, so nothing is delayed. While it is busy, one system call carries all that came since the
     * last round: batches form by themselves, exactly when they are needed, and no message waits for more than a round.
     *
     * Why nothing is locked
     * ---------------------
     * A connection lives on one event loop, and so does everything here. Other threads only hand tasks
     * to the loop. The frames are shared with other loops, though: they are read by absolute index, so
     * that no loop moves the reader index under another.
     *
     * Why some channels are asked before a write
     * ------------------------------------------
     * On a conflating channel a subscriber without room is left behind and given the newest message
     * later (`Conflation`). On all others every write goes out, and the connection itself ends when too
     * much waits: what is ordered has no message that may be left out.
     *
     * Why the list is not a map
     * -------------------------
     * The walk over the subscribers is where the time goes. Removal moves the last element into the
     * hole, so the list stays dense and both changes take constant time. The order among subscribers
     * means nothing.
     */

    /// Bytes that wait for a subscriber before they are written without waiting for its turn: 64 KiB, what a socket
    /// usually takes at once. More would only cost memory and push connections over their limit.
    static final int MAX_BATCH_BYTES = 64 * 1024;

    private final LoopHub hub;
    private final Channel channel;
    private final @Nullable Conflation conflation;
    private final List<Subscription> attached = new ArrayList<>(1);
    private final FrameLog log = new FrameLog(MAX_BATCH_BYTES);
    private final AcceptedTimes acceptedTimes = new AcceptedTimes();
    private int interested;

    /// Index of who is visited next; the end of the list means its begin.
    private int next;

    /// Visits until everybody has everything.
    private int visitsLeft;

    private long roundSinceNanos;
    private boolean isWaiting;

    LoopChannel(LoopHub hub, Channel channel, @Nullable Conflation conflation) {
        this.hub = hub;
        this.channel = channel;
        this.conflation = conflation;
    }

    public Channel channel() {
        return channel;
    }

    public LoopHub hub() {
        return hub;
    }

    /// Hands one message over to this loop, as a frame and encoded. Any thread. The buffer's reference goes
    /// with it.
    ///
    /// @param acceptedAt when a publisher accepted it, in milliseconds of the epoch, or [DeliveryTimes#UNKNOWN]
    void post(PublicationFrame frame, ByteBuf encoded, long acceptedAt) {
        if (conflation == null) {
            hub.execute(() -> append(encoded, acceptedAt));
        } else {
            hub.execute(() -> {
                conflation.keep(frame);
                append(encoded, acceptedAt);
            });
        }
    }

    /// Hands an event over to this loop that every subscriber gets. Any thread. The buffer's reference
    /// goes with it.
    void postEvent(ByteBuf event) {
        hub.execute(() -> {
            flush();
            attached.forEach(subscription -> subscription.outbound().send(event));
            event.release();
        });
    }

    /// Runs `task` on this loop when everything that was handed over before is written. Any thread.
    void afterWrite(Runnable task) {
        hub.execute(() -> {
            flush();
            task.run();
        });
    }

    private void append(ByteBuf frame, long acceptedAt) {
        if (attached.isEmpty()) {
            frame.release();
            return;
        }
        if (!log.fits(frame) && !log.makeRoom(frame, firstWanted())) {
            flush();
        }
        log.append(frame);
        acceptedTimes.append(acceptedAt);
        if (visitsLeft == 0) {
            roundSinceNanos = System.nanoTime();
        }
        visitsLeft = attached.size();
        if (!isWaiting) {
            isWaiting = true;
            hub.walkLater(this);
        }
    }

    private long firstWanted() {
        long first = log.end();
        for (Subscription subscription : attached) {
            first = Math.min(first, subscription.servedBytes());
        }
        return first;
    }

    /// Visits up to `most` subscribers; returns how many it were.
    int walk(int most) {
        int visits = 0;
        long written = 0;
        long now = 0;
        while (visits < most && visitsLeft > 0) {
            if (visits % LoopHub.VISITS_PER_TURN == 0) {
                now = hub.deliveryTimes().now();
            }
            visits++;
            visitsLeft--;
            if (next >= attached.size()) {
                next = 0;
                roundSinceNanos = System.nanoTime();
            }
            written += visit(attached.get(next++), now);
        }
        hub.metrics().delivered(written);
        if (visitsLeft == 0) {
            log.clear();
            acceptedTimes.clear();
        }
        return visits;
    }

    /// Writes to everybody what waits. Does nothing when nothing waits.
    private void flush() {
        walk(Integer.MAX_VALUE);
    }

    /// Writes to `subscription` what it has not had yet, if it may have it; returns the number of frames.
    ///
    /// @param now by the wall clock, in milliseconds
    private int visit(Subscription subscription, long now) {
        long from = subscription.servedBytes();
        int frames = (int) (log.frames() - subscription.servedFrames());
        if (frames == 0) {
            return 0;
        }
        long acceptedAt = acceptedTimes.of(subscription.servedFrames());
        subscription.served(log.end(), log.frames());
        if (conflation == null || (!hub.isThinned() && conflation.isUpToDate(subscription))) {
            log.writeTo(subscription.outbound(), from);
            hub.deliveryTimes().delivered(acceptedAt, now, frames);
            return frames;
        }
        conflation.skip(subscription, frames);
        hub.catchUpLater(this);
        return 0;
    }

    /// Called by the hub when it takes this channel off those that wait; returns whether it has to come again.
    boolean waitsOn() {
        isWaiting = visitsLeft > 0;
        return isWaiting;
    }

    /// How long this round of the walk has taken so far; 0 when nothing waits.
    long waitingNanos(long now) {
        return visitsLeft == 0 ? 0 : now - roundSinceNanos;
    }

    /// Gives the newest message to those who are behind and have room; returns whether some still are.
    boolean catchUp() {
        if (conflation == null) {
            return false;
        }
        // What waits has the newest message in it, which must not come twice.
        long now = hub.deliveryTimes().now();
        conflation.forEachBehind(subscription -> visit(subscription, now));
        conflation.catchUp();
        return conflation.isAnyBehind();
    }

    /// Delivers to `subscription` from the next frame on; returns whether it did not yet.
    boolean attach(Subscription subscription) {
        if (subscription.isAttached()) {
            writeWhatWaits(subscription);
            return false;
        }
        // INVARIANT: what waits now was published before the position at which this one joins.
        subscription.served(log.end(), log.frames());
        subscription.attachedAt(attached.size());
        attached.add(subscription);
        if (visitsLeft > 0) {
            // It may be visited before those that are left.
            visitsLeft++;
        }
        return true;
    }

    private void writeWhatWaits(Subscription subscription) {
        hub.metrics().delivered(visit(subscription, hub.deliveryTimes().now()));
    }

    /// Counts one more subscription, pending or attached.
    void addInterest() {
        interested++;
    }

    /// Ends a subscription; returns whether none is left, pending or attached.
    boolean remove(Subscription subscription) {
        if (subscription.isAttached()) {
            // What waits was published before the client asked to end it.
            writeWhatWaits(subscription);
            detach(subscription);
        }
        subscription.ended();
        return --interested == 0;
    }

    private void detach(Subscription subscription) {
        if (conflation != null) {
            conflation.forget(subscription);
        }
        Subscription last = attached.removeLast();
        if (last != subscription) {
            attached.set(subscription.index(), last);
            last.attachedAt(subscription.index());
        }
        if (visitsLeft > 0) {
            // The last may have been left, and have been moved to where the walk has been.
            visitsLeft = attached.size();
        }
    }
}

package dev.fanfare.gateway.hub;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.frame.PublicationFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One channel on one event loop: its subscriptions there, and the frames that wait for them.
public final class LoopChannel {

    /*
     * The hot path
     * ------------
     * A publication costs one task per event loop that has subscribers, and one write per subscriber.
     * Everything else is done once for all of them:
     *
     *   feed thread     Fanout       encodes the frame once, posts it to each loop
     *   event loop      post         appends it to this channel's batch         (per message)
     *                   flush        writes the batch to every subscriber       (per turn of the loop)
     *
     * Why the flush is a task of its own
     * ----------------------------------
     * The first frame of a turn makes the channel dirty and puts one flush behind the tasks that wait
     * already. While a loop is idle the flush runs at once, so nothing is delayed. While it is busy, more
     * frames arrive before the flush, and one system call per connection carries them all: batches form
     * by themselves, exactly when they are needed.
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

    /// Bytes at which a batch is written without waiting for the turn's end: 64 KiB, what a socket
    /// usually takes at once. More would only cost memory and push connections over their limit.
    static final int MAX_BATCH_BYTES = 64 * 1024;

    /// A batch that holds two frames is about to hold more: room for four times as much, at least 1 KiB.
    private static final int ROOM_FACTOR = 4;

    private static final int MIN_BATCH_CAPACITY = 1024;

    private final LoopHub hub;
    private final Channel channel;
    private final @Nullable Conflation conflation;
    private final List<Subscription> attached = new ArrayList<>(1);
    private int interested;
    private @Nullable ByteBuf batch;
    private int batchFrames;
    private boolean isBatchOwned;

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
    void post(PublicationFrame frame, ByteBuf encoded) {
        if (conflation == null) {
            hub.execute(() -> append(encoded));
        } else {
            hub.execute(() -> {
                conflation.keep(frame);
                append(encoded);
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

    private void append(ByteBuf frame) {
        if (attached.isEmpty()) {
            frame.release();
            return;
        }
        ByteBuf waiting = batch == null ? begin(frame) : extended(batch, frame);
        batch = waiting;
        batchFrames++;
        if (waiting.readableBytes() >= MAX_BATCH_BYTES) {
            flush();
        }
    }

    /// The first frame is the batch; other loops share it, so it must not be written to.
    private ByteBuf begin(ByteBuf frame) {
        isBatchOwned = false;
        hub.flushLater(this);
        return frame;
    }

    private ByteBuf extended(ByteBuf waiting, ByteBuf frame) {
        ByteBuf owned = isBatchOwned ? waiting : copyWithRoom(waiting, frame.readableBytes());
        isBatchOwned = true;
        copy(frame, owned);
        frame.release();
        return owned;
    }

    private static ByteBuf copyWithRoom(ByteBuf shared, int bytes) {
        int capacity = Math.max(MIN_BATCH_CAPACITY, ROOM_FACTOR * (shared.readableBytes() + bytes));
        ByteBuf owned = PooledByteBufAllocator.DEFAULT.directBuffer(capacity);
        copy(shared, owned);
        shared.release();
        return owned;
    }

    private static void copy(ByteBuf shared, ByteBuf owned) {
        owned.writeBytes(shared, shared.readerIndex(), shared.readableBytes());
    }

    /// Writes what waits to every subscriber. Does nothing when nothing waits.
    void flush() {
        ByteBuf frames = batch;
        if (frames == null) {
            return;
        }
        batch = null;
        if (conflation == null) {
            for (int i = attached.size() - 1; i >= 0; i--) {
                attached.get(i).outbound().send(frames);
            }
            hub.metrics().delivered((long) attached.size() * batchFrames);
        } else {
            writeToWhoHasRoom(frames, conflation);
        }
        batchFrames = 0;
        frames.release();
    }

    private void writeToWhoHasRoom(ByteBuf frames, Conflation skipping) {
        int written = 0;
        for (Subscription subscription : attached) {
            if (!hub.isThinned() && skipping.isUpToDate(subscription)) {
                subscription.outbound().send(frames);
                written++;
            } else {
                skipping.skip(subscription, batchFrames);
            }
        }
        hub.metrics().delivered((long) written * batchFrames);
        if (skipping.isAnyBehind()) {
            hub.catchUpLater(this);
        }
    }

    /// Gives the newest message to those who are behind and have room; returns whether some still are.
    boolean catchUp() {
        if (conflation == null) {
            return false;
        }
        // What waits has the newest message in it, which must not come twice.
        flush();
        conflation.catchUp();
        return conflation.isAnyBehind();
    }

    /// Delivers to `subscription` from the next frame on; returns whether it did not yet.
    boolean attach(Subscription subscription) {
        // INVARIANT: what waits now was published before the position at which this one joins.
        flush();
        if (subscription.isAttached()) {
            return false;
        }
        subscription.attachedAt(attached.size());
        attached.add(subscription);
        return true;
    }

    /// Counts one more subscription, pending or attached.
    void addInterest() {
        interested++;
    }

    /// Ends a subscription; returns whether none is left, pending or attached.
    boolean remove(Subscription subscription) {
        if (subscription.isAttached()) {
            // What waits was published before the client asked to end it.
            flush();
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
    }
}

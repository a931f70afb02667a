package dev.fanfare.gateway.hub;

import dev.fanfare.contract.channel.Channel;
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
    private final List<Subscription> attached = new ArrayList<>(1);
    private int interested;
    private @Nullable ByteBuf batch;
    private int batchFrames;
    private boolean isBatchOwned;

    LoopChannel(LoopHub hub, Channel channel) {
        this.hub = hub;
        this.channel = channel;
    }

    public Channel channel() {
        return channel;
    }

    public LoopHub hub() {
        return hub;
    }

    /// Hands one frame over to this loop. Any thread. The buffer's reference goes with it.
    void post(ByteBuf frame) {
        hub.execute(() -> append(frame));
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
        for (int i = attached.size() - 1; i >= 0; i--) {
            attached.get(i).outbound().send(frames);
        }
        hub.metrics().delivered((long) attached.size() * batchFrames);
        batchFrames = 0;
        frames.release();
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
        Subscription last = attached.removeLast();
        if (last != subscription) {
            attached.set(subscription.index(), last);
            last.attachedAt(subscription.index());
        }
    }
}

package dev.fanfare.gateway.hub;

import dev.fanfare.contract.frame.PublicationFrame;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Subscribers of one conflating channel and event loop that cannot take everything: each gets the newest
/// message when it can take one again, and is told how many were left out. Confined to the loop.
///
/// A subscriber is *behind* from the first message that finds no room with it until it has been given
/// the newest. What waits for all of them together is one message.
final class Conflation {

    private final HubMetrics metrics;
    private final List<Subscription> behind = new ArrayList<>();
    private @Nullable PublicationFrame newest;

    Conflation(HubMetrics metrics) {
        this.metrics = metrics;
    }

    /// Keeps `frame` for those who are behind or will be.
    void keep(PublicationFrame frame) {
        newest = frame;
    }

    /// Whether `subscription` may be sent what comes now.
    boolean isUpToDate(Subscription subscription) {
        return subscription.skipped() == 0 && subscription.outbound().hasRoom();
    }

    /// Leaves out `frames` messages for `subscription`.
    void skip(Subscription subscription, int frames) {
        if (subscription.skipped() == 0) {
            behind.add(subscription);
        }
        subscription.skip(frames);
    }

    boolean isAnyBehind() {
        return !behind.isEmpty();
    }

    void forEachBehind(Consumer<Subscription> action) {
        behind.forEach(action);
    }

    /// Sends the newest message to those who have room for it by now.
    void catchUp() {
        PublicationFrame frame = newest;
        if (frame != null) {
            behind.removeIf(subscription -> hasCaughtUp(subscription, frame));
        }
    }

    private boolean hasCaughtUp(Subscription subscription, PublicationFrame frame) {
        if (!subscription.outbound().hasRoom()) {
            return false;
        }
        int leftOut = subscription.caughtUp() - 1;
        ByteBuf buffer = WireFrame.of(leftOut == 0 ? frame : frame.withSkipped(leftOut));
        subscription.outbound().send(buffer);
        buffer.release();
        metrics.delivered(1);
        metrics.skipped(leftOut);
        return true;
    }

    /// `subscription` has ended.
    void forget(Subscription subscription) {
        if (subscription.skipped() > 0) {
            behind.remove(subscription);
        }
    }
}

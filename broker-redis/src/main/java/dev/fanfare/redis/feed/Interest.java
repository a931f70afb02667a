package dev.fanfare.redis.feed;

import dev.fanfare.contract.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/// The wish to receive one channel, and what the listener was told about it.
final class Interest {

    private final Channel channel;
    private final int partition;
    private List<PubSubName> names = List.of();
    private List<CompletableFuture<Void>> waiting = new ArrayList<>(1);
    private boolean wanted;
    private boolean acknowledged;
    private boolean toldLost;
    /// Whether the connection is not whole before this is acknowledged.
    boolean restoring;

    Interest(Channel channel, int partition) {
        this.channel = channel;
        this.partition = partition;
    }

    Channel channel() {
        return channel;
    }

    int partition() {
        return partition;
    }

    List<PubSubName> names() {
        return names;
    }

    /// Begins anew with names of which Redis knows nothing.
    void carryUnder(List<PubSubName> newNames) {
        names = newNames;
    }

    boolean isWanted() {
        return wanted;
    }

    /// Returns whether that is news.
    boolean want() {
        boolean changed = !wanted;
        wanted = true;
        return changed;
    }

    /// Returns whether that is news. Whoever waits is told that it was cancelled.
    boolean drop() {
        boolean changed = wanted;
        wanted = false;
        acknowledged = false;
        toldLost = false;
        var cancelled = new CancellationException("interest in " + channel + " was dropped");
        takeWaiting().forEach(future -> future.completeExceptionally(cancelled));
        return changed;
    }

    /// Completes `future` as soon as Redis has acknowledged, which may be now.
    void await(CompletableFuture<Void> future) {
        if (acknowledged) {
            future.complete(null);
        } else {
            waiting.add(future);
        }
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /// Returns whether the listener must be told that the channel is regained; after that, call
    /// [#completeWaiting].
    boolean acknowledge() {
        boolean regained = toldLost;
        acknowledged = true;
        toldLost = false;
        return regained;
    }

    void completeWaiting() {
        takeWaiting().forEach(future -> future.complete(null));
    }

    /// Returns whether the listener must be told that the channel is lost: not when nothing was promised
    /// yet, and not twice.
    boolean lose() {
        boolean news = acknowledged;
        toldLost |= acknowledged;
        acknowledged = false;
        return news;
    }

    private List<CompletableFuture<Void>> takeWaiting() {
        List<CompletableFuture<Void>> taken = waiting;
        waiting = new ArrayList<>(1);
        return taken;
    }
}

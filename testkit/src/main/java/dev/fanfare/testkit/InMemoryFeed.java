package dev.fanfare.testkit;

import dev.fanfare.contract.broker.FeedListener;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Publication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The feed of the in-memory broker. Confined to its thread.
final class InMemoryFeed {

    private final Set<Channel> subscribed = new LinkedHashSet<>();
    private final Set<Channel> lost = new LinkedHashSet<>();
    private final Map<Channel, List<CompletableFuture<Void>>> waiting = new LinkedHashMap<>();
    private @Nullable FeedListener listener;
    private boolean connected = true;

    void start(FeedListener newListener) {
        if (listener != null) {
            throw new IllegalStateException("the feed was started before");
        }
        listener = newListener;
    }

    void subscribe(Channel channel, CompletableFuture<Void> done) {
        subscribed.add(channel);
        if (connected) {
            done.complete(null);
        } else {
            waiting.computeIfAbsent(channel, _ -> new ArrayList<>()).add(done);
        }
    }

    void unsubscribe(Channel channel) {
        subscribed.remove(channel);
        lost.remove(channel);
        giveUp(waiting.remove(channel));
    }

    private static void giveUp(@Nullable List<CompletableFuture<Void>> futures) {
        if (futures != null) {
            futures.forEach(future -> future.completeExceptionally(new CancellationException("unsubscribed")));
        }
    }

    boolean listensTo(Channel channel) {
        return listener != null && connected && subscribed.contains(channel);
    }

    void lose() {
        if (connected) {
            connected = false;
            lost.addAll(subscribed);
            FeedListener told = listener;
            if (told != null) {
                lost.forEach(told::onLost);
            }
        }
    }

    void regain() {
        if (!connected) {
            connected = true;
            FeedListener told = listener;
            if (told != null) {
                lost.forEach(told::onRegained);
            }
            lost.clear();
            waiting.values().forEach(futures -> futures.forEach(future -> future.complete(null)));
            waiting.clear();
        }
    }

    void deliver(Channel channel, Publication publication) {
        if (listener != null && connected && subscribed.contains(channel)) {
            listener.onPublication(channel, publication);
        }
    }

    void deliverPlain(Channel channel, String text) {
        if (listener != null && connected && subscribed.contains(channel)) {
            listener.onPlainMessage(channel, text);
        }
    }

    boolean isLive() {
        return listener != null && connected;
    }

    void close() {
        connected = false;
        listener = null;
        subscribed.clear();
        waiting.values().forEach(InMemoryFeed::giveUp);
        waiting.clear();
    }
}

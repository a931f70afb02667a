package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.testkit.InMemoryBroker;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The in-memory broker as a bean, which remembers what it was given and can be made to hang or break.
@Alternative
@Singleton
public class ScriptedBroker implements MessagePublisher, SequencePublisher {

    private final InMemoryBroker memory =
            new InMemoryBroker(new ChannelRules(List.of()), Clock.systemUTC(), Duration.ofMinutes(5));
    private final List<Message> published = new CopyOnWriteArrayList<>();
    private volatile @Nullable CompletableFuture<Void> hold;
    private volatile @Nullable RuntimeException breakage;
    private volatile @Nullable String brokenChannel;

    @Override
    public CompletableFuture<PublishOutcome> publish(Message message, long fence) {
        RuntimeException broken = breakage;
        if (broken != null) {
            return CompletableFuture.failedFuture(broken);
        }
        published.add(message);
        CompletableFuture<Void> until = hold;
        return until == null ? memory.publish(message, fence) : until.thenCompose(_ -> memory.publish(message, fence));
    }

    @Override
    public CompletableFuture<List<PublishOutcome.Stored>> publishAll(List<Message> messages) {
        RuntimeException broken = breakage;
        if (broken != null || messages.getFirst().channel().name().equals(brokenChannel)) {
            return CompletableFuture.failedFuture(
                    broken != null ? broken : new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "no answer"));
        }
        published.addAll(messages);
        return memory.publishAll(messages);
    }

    /// Sequences for this channel alone are refused, as when its node of a cluster is away.
    void breakChannel(String channel) {
        brokenChannel = channel;
    }

    /// Everything that was handed over, in this order.
    List<Message> published() {
        return published;
    }

    /// The newest of them.
    Message newest() {
        return published.getLast();
    }

    void hold() {
        hold = new CompletableFuture<>();
    }

    void breakWith(RuntimeException fault) {
        breakage = fault;
    }

    /// Undoes [#hold], [#breakWith] and [#breakChannel].
    void repair() {
        breakage = null;
        brokenChannel = null;
        CompletableFuture<Void> held = hold;
        hold = null;
        if (held != null) {
            held.complete(null);
        }
    }
}

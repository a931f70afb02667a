package dev.fanfare.publisher.http;

import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.BudgetLedger;
import dev.fanfare.contract.broker.ChannelDirectory;
import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.ChannelListing;
import dev.fanfare.contract.broker.ChannelStatus;
import dev.fanfare.contract.broker.HistoryPage;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.broker.PublicKeys;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.broker.RevocationLog;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.broker.SequenceOutcome;
import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.Publication;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.contract.message.Tip;
import dev.fanfare.testkit.InMemoryBroker;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The in-memory broker as a bean, which remembers what it was given and can be made to hang or break.
@Alternative
@Singleton
public class ScriptedBroker
        implements MessagePublisher,
                SequencePublisher,
                ChannelHistory,
                ChannelDirectory,
                RevocationLog,
                ApiKeyStore,
                PublicKeyBoard,
                BudgetLedger {

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
    public CompletableFuture<SequenceOutcome> publishAll(List<Message> messages) {
        RuntimeException broken = breakage;
        if (broken != null || messages.getFirst().channel().name().equals(brokenChannel)) {
            return CompletableFuture.failedFuture(
                    broken != null ? broken : new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "no answer"));
        }
        published.addAll(messages);
        return memory.publishAll(messages);
    }

    @Override
    public CompletableFuture<Revocation> revoke(RevocationTarget target, Duration grace, Duration remembered) {
        return memory.revoke(target, grace, remembered);
    }

    @Override
    public CompletableFuture<List<Revocation>> since(long after, int limit) {
        return memory.since(after, limit);
    }

    @Override
    public CompletableFuture<Duration> spend(String budget, Duration cost) {
        return memory.spend(budget, cost);
    }

    @Override
    public CompletableFuture<ApiKey> create(ApiKey.Draft draft) {
        return memory.create(draft);
    }

    @Override
    public CompletableFuture<Optional<ApiKey>> find(String id) {
        return memory.find(id);
    }

    @Override
    public CompletableFuture<Optional<ApiKey>> enable(String id, boolean isEnabled) {
        return memory.enable(id, isEnabled);
    }

    @Override
    public CompletableFuture<Removal> remove(String id) {
        return memory.remove(id);
    }

    @Override
    public CompletableFuture<List<ApiKey>> changedSince(long after, int limit) {
        return memory.changedSince(after, limit);
    }

    @Override
    public CompletableFuture<Void> announce(String id, String jwk, Duration remembered) {
        return memory.announce(id, jwk, remembered);
    }

    @Override
    public CompletableFuture<Void> withdraw(String id) {
        return memory.withdraw(id);
    }

    @Override
    public CompletableFuture<PublicKeys> publicKeys() {
        return memory.publicKeys();
    }

    @Override
    public CompletableFuture<Tip> tip(Channel channel) {
        return memory.tip(channel);
    }

    @Override
    public CompletableFuture<HistorySlice> since(Channel channel, StreamPosition since, int limit) {
        return memory.since(channel, since, limit);
    }

    @Override
    public CompletableFuture<List<Publication>> range(Channel channel, long after, StreamPosition upTo) {
        return memory.range(channel, after, upTo);
    }

    @Override
    public CompletableFuture<HistoryPage> page(Channel channel, PageRequest request) {
        RuntimeException broken = breakage;
        if (broken != null) {
            return CompletableFuture.failedFuture(broken);
        }
        CompletableFuture<Void> until = hold;
        return until == null ? memory.page(channel, request) : until.thenCompose(_ -> memory.page(channel, request));
    }

    @Override
    public CompletableFuture<ChannelStatus> status(Channel channel) {
        return memory.status(channel);
    }

    @Override
    public CompletableFuture<ChannelListing> list(String prefix, @Nullable String cursor, int limit) {
        return memory.list(prefix, cursor, limit);
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

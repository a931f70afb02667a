package dev.fanfare.testkit;

import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.BudgetLedger;
import dev.fanfare.contract.broker.ChannelDirectory;
import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.ChannelListing;
import dev.fanfare.contract.broker.ChannelStatus;
import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionListing;
import dev.fanfare.contract.broker.ConnectionQuery;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.ConnectionWatch;
import dev.fanfare.contract.broker.FeedListener;
import dev.fanfare.contract.broker.HistoryPage;
import dev.fanfare.contract.broker.HistorySlice;
import dev.fanfare.contract.broker.InstanceDirectory;
import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.LeaseOutcome;
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
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All of Redis that Fanfare needs, in memory: for tests of services that need no Redis.
///
/// It passes the same contract tests as the real thing, and can be broken on purpose. Everything runs
/// on one thread of its own, on which futures complete and listeners are called. Time is that of the
/// clock.
public final class InMemoryBroker
        implements MessagePublisher,
                SequencePublisher,
                ChannelFeed,
                ChannelHistory,
                ChannelDirectory,
                LeaseKeeper,
                InstanceDirectory,
                RevocationLog,
                ApiKeyStore,
                PublicKeyBoard,
                ConnectionRegistry,
                BudgetLedger {

    private static final String THREAD_NAME = "in-memory-broker";

    private final ChannelRules rules;
    private final Clock clock;
    private final Duration idempotencyWindow;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name(THREAD_NAME).factory());

    // Confined to the thread.
    private final Map<Channel, InMemoryChannel> channels = new HashMap<>();
    private final InMemoryLeases leases;
    private final InMemoryInstances instances;
    private final InMemoryRevocations revocations;
    private final InMemoryApiKeys apiKeys;
    private final InMemoryPublicKeys publicKeys;
    private final InMemoryConnections connections;
    private final InMemoryBudgets budgets;
    private final InMemoryFeed feed = new InMemoryFeed();
    private final InMemoryDirectory directory = new InMemoryDirectory(channels, feed);
    private boolean available = true;
    private int epochs;

    public InMemoryBroker(ChannelRules rules, Clock clock, Duration idempotencyWindow) {
        this.rules = rules;
        this.clock = clock;
        this.idempotencyWindow = idempotencyWindow;
        this.leases = new InMemoryLeases(clock);
        this.instances = new InMemoryInstances(clock);
        this.revocations = new InMemoryRevocations(clock);
        this.apiKeys = new InMemoryApiKeys(clock);
        this.publicKeys = new InMemoryPublicKeys(clock);
        this.connections = new InMemoryConnections(clock);
        this.budgets = new InMemoryBudgets(clock);
    }

    @Override
    public CompletableFuture<PublishOutcome> publish(Message message, long fence) {
        Channel channel = message.channel();
        return whenAvailable(() -> state(channel)
                .append(message, fence, rules.ruleFor(channel), publication -> feed.deliver(channel, publication)));
    }

    @Override
    public CompletableFuture<SequenceOutcome> publishAll(List<Message> messages) {
        if (messages.isEmpty() || messages.size() > MAX_MESSAGES) {
            throw new IllegalArgumentException("1 to " + MAX_MESSAGES + " messages, not " + messages.size());
        }
        Channel channel = messages.getFirst().channel();
        return whenAvailable(() -> {
            List<Integer> taken = state(channel).taken(messages);
            return taken.isEmpty() ? storeAll(channel, messages) : new SequenceOutcome.IdsTaken(taken);
        });
    }

    private SequenceOutcome storeAll(Channel channel, List<Message> messages) {
        return new SequenceOutcome.Stored(messages.stream()
                .map(message -> (PublishOutcome.Stored) state(channel)
                        .append(
                                message,
                                NO_FENCE,
                                rules.ruleFor(channel),
                                publication -> feed.deliver(channel, publication)))
                .toList());
    }

    @Override
    public CompletableFuture<Tip> tip(Channel channel) {
        return whenAvailable(() -> state(channel).top());
    }

    @Override
    public CompletableFuture<HistorySlice> since(Channel channel, StreamPosition since, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is at least 1 but is " + limit);
        }
        return whenAvailable(() -> state(channel).since(since, limit));
    }

    @Override
    public CompletableFuture<List<Publication>> range(Channel channel, long after, StreamPosition upTo) {
        return whenAvailable(() -> state(channel).range(after, upTo));
    }

    @Override
    public CompletableFuture<HistoryPage> page(Channel channel, PageRequest request) {
        return whenAvailable(() -> {
            InMemoryChannel state = channels.get(channel);
            return state == null ? new HistoryPage.Unknown() : state.page(request);
        });
    }

    @Override
    public CompletableFuture<ChannelStatus> status(Channel channel) {
        return whenAvailable(() -> directory.status(channel));
    }

    @Override
    public CompletableFuture<ChannelListing> list(String prefix, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > ChannelDirectory.MAX_LIMIT) {
            throw new IllegalArgumentException("the limit is 1 to " + ChannelDirectory.MAX_LIMIT + " but is " + limit);
        }
        String after = InMemoryDirectory.after(cursor);
        return whenAvailable(() -> directory.list(prefix, after, limit));
    }

    @Override
    public CompletableFuture<LeaseOutcome> acquire(String name, String owner, Duration ttl) {
        return whenAvailable(() -> leases.acquire(name, owner, ttl));
    }

    @Override
    public CompletableFuture<Void> release(String name, String owner) {
        return whenAvailable(() -> leases.release(name, owner)).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<List<InstanceLoad>> announce(
            String service, String instance, boolean isWell, InstanceLoad load, Duration ttl) {
        return whenAvailable(() -> instances.announce(service, instance, isWell, load, ttl));
    }

    @Override
    public CompletableFuture<Revocation> revoke(RevocationTarget target, Duration grace, Duration memory) {
        RevocationLog.checkTimes(grace, memory);
        return whenAvailable(() -> revocations.revoke(target, grace, memory));
    }

    @Override
    public CompletableFuture<List<Revocation>> since(long after, int limit) {
        RevocationLog.checkRead(after, limit);
        return whenAvailable(() -> revocations.since(after, limit));
    }

    @Override
    public CompletableFuture<ApiKey> create(ApiKey.Draft draft) {
        return whenAvailable(() -> apiKeys.create(draft));
    }

    @Override
    public CompletableFuture<Optional<ApiKey>> find(String id) {
        return whenAvailable(() -> apiKeys.find(id));
    }

    @Override
    public CompletableFuture<Optional<ApiKey>> enable(String id, boolean isEnabled) {
        return whenAvailable(() -> apiKeys.enable(id, isEnabled));
    }

    @Override
    public CompletableFuture<Removal> remove(String id) {
        return whenAvailable(() -> apiKeys.remove(id));
    }

    @Override
    public CompletableFuture<List<ApiKey>> changedSince(long after, int limit) {
        ApiKeyStore.checkRead(after, limit);
        return whenAvailable(() -> apiKeys.changedSince(after, limit));
    }

    @Override
    public CompletableFuture<Void> announce(String id, String jwk, Duration memory) {
        PublicKeyBoard.checkAnnounced(id, jwk, memory);
        return whenAvailable(() -> publicKeys.announce(id, jwk, memory)).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<Void> withdraw(String id) {
        return whenAvailable(() -> publicKeys.withdraw(id)).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<PublicKeys> publicKeys() {
        return whenAvailable(publicKeys::published);
    }

    @Override
    public CompletableFuture<Boolean> report(
            String instance, long number, List<ConnectionChange> changes, Duration lease) {
        ConnectionRegistry.checkReport(number, changes, lease);
        return whenAvailable(() -> connections.report(instance, number, changes, lease));
    }

    @Override
    public CompletableFuture<ConnectionWatch> watch(String instance, Duration lease, long after) {
        ConnectionRegistry.checkLease(lease);
        return whenAvailable(() -> connections.watch(instance, lease, after));
    }

    @Override
    public CompletableFuture<Void> leave(String instance) {
        return whenAvailable(() -> connections.leave(instance)).thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<ConnectionEnd> end(ConnectionEnd.Kind kind, String value) {
        return whenAvailable(() -> connections.end(kind, value));
    }

    @Override
    public CompletableFuture<ConnectionListing> list(ConnectionQuery query) {
        return whenAvailable(() -> connections.list(query));
    }

    @Override
    public CompletableFuture<Duration> spend(String budget, Duration cost) {
        BudgetLedger.checkCost(cost);
        return whenAvailable(() -> budgets.spend(budget, cost));
    }

    @Override
    public void start(FeedListener listener) {
        run(() -> feed.start(listener));
    }

    @Override
    public CompletableFuture<Void> subscribe(Channel channel) {
        var done = new CompletableFuture<Void>();
        run(() -> feed.subscribe(channel, done));
        return done;
    }

    @Override
    public void unsubscribe(Channel channel) {
        run(() -> feed.unsubscribe(channel));
    }

    @Override
    public boolean isLive() {
        var live = new AtomicBoolean();
        run(() -> live.set(feed.isLive()));
        return live.get();
    }

    /// Closes the feed. Publishing and reading go on.
    @Override
    public void close() {
        run(feed::close);
    }

    /// Does what `PUBLISH <channel> <text>` does in Redis.
    public void publishPlain(Channel channel, String text) {
        run(() -> feed.deliverPlain(channel, text));
    }

    /// Cuts the feed off: its listener is told, and nothing reaches it until [#regainFeed].
    public void loseFeed() {
        run(feed::lose);
    }

    /// Undoes [#loseFeed].
    public void regainFeed() {
        run(feed::regain);
    }

    /// From now on everything fails with `BROKER_UNAVAILABLE`, and the feed is lost.
    public void stop() {
        run(() -> {
            available = false;
            feed.lose();
        });
    }

    /// Undoes [#stop].
    public void resume() {
        run(() -> {
            available = true;
            feed.regain();
        });
    }

    /// Forgets everything but the subscriptions, as a Redis without persistence that was restarted.
    public void forgetAll() {
        run(() -> {
            channels.clear();
            leases.clear();
            instances.clear();
            revocations.clear();
            apiKeys.clear();
            publicKeys.clear();
            connections.clear();
            budgets.clear();
        });
    }

    private InMemoryChannel state(Channel channel) {
        return channels.computeIfAbsent(
                channel, _ -> new InMemoryChannel("mem%05d".formatted(++epochs), clock, idempotencyWindow));
    }

    private <T> CompletableFuture<T> whenAvailable(Supplier<T> operation) {
        return CompletableFuture.supplyAsync(
                () -> {
                    if (!available) {
                        throw new FanfareException(ErrorCode.BROKER_UNAVAILABLE, "the in-memory broker was stopped");
                    }
                    return operation.get();
                },
                thread);
    }

    private void run(Runnable action) {
        if (Thread.currentThread().getName().equals(THREAD_NAME)) {
            // A listener calls back.
            action.run();
        } else {
            CompletableFuture.runAsync(action, thread).join();
        }
    }
}

package dev.fanfare.redis;

import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.redis.apikey.RedisApiKeys;
import dev.fanfare.redis.apikey.RedisPublicKeys;
import dev.fanfare.redis.budget.RedisBudgets;
import dev.fanfare.redis.connection.CommandLimits;
import dev.fanfare.redis.connection.RedisClients;
import dev.fanfare.redis.connection.RedisCommands;
import dev.fanfare.redis.directory.RedisChannelDirectory;
import dev.fanfare.redis.health.RedisHealth;
import dev.fanfare.redis.history.RedisHistory;
import dev.fanfare.redis.instance.RedisInstances;
import dev.fanfare.redis.keys.EpochSource;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.lease.RedisLease;
import dev.fanfare.redis.publish.PublishSettings;
import dev.fanfare.redis.publish.RedisPublisher;
import dev.fanfare.redis.registry.RedisConnections;
import dev.fanfare.redis.revocation.RedisRevocations;
import dev.fanfare.redis.script.ScriptRunner;
import dev.fanfare.testkit.MessagePublisherContract;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;

/// The Redis side of Fanfare put together by hand, with a key prefix of its own.
public final class RedisUnderTest implements AutoCloseable {

    public static final Duration TIMEOUT = Duration.ofSeconds(2);
    public static final Duration META_TTL = Duration.ofDays(30);

    private final Vertx vertx = Vertx.vertx();
    private final RedisCommands commands;
    public final RedisKeys keys =
            new RedisKeys("it-" + UUID.randomUUID().toString().substring(0, 8));
    public final ScriptRunner scripts;
    public final RedisPublisher publisher;
    public final RedisHistory history;
    public final RedisChannelDirectory directory;
    public final RedisLease leases;
    public final RedisInstances instances;
    public final RedisRevocations revocations;
    public final RedisApiKeys apiKeys;
    public final RedisPublicKeys publicKeys;
    public final RedisConnections connections;
    public final RedisBudgets budgets;
    public final RedisHealth health;

    public RedisUnderTest(RedisOptions options, ChannelRules rules, CommandLimits limits) {
        this(options, rules, limits, MessagePublisherContract.IDEMPOTENCY_WINDOW);
    }

    public RedisUnderTest(RedisOptions options, ChannelRules rules, CommandLimits limits, Duration idempotencyWindow) {
        commands = new RedisCommands(
                new RedisClients(vertx, options), ScriptRunner.preamble(), limits, RandomGenerator.getDefault());
        scripts = new ScriptRunner(commands);
        var epochs = new EpochSource(new SecureRandom());
        boolean sharded = options.getType() == RedisClientType.CLUSTER;
        publisher = new RedisPublisher(
                scripts, keys, rules, epochs, new PublishSettings(idempotencyWindow, META_TTL, sharded));
        history = new RedisHistory(scripts, keys, epochs, META_TTL);
        directory = new RedisChannelDirectory(scripts, keys, sharded);
        leases = new RedisLease(scripts, keys);
        instances = new RedisInstances(scripts, keys);
        revocations = new RedisRevocations(scripts, keys);
        apiKeys = new RedisApiKeys(scripts, keys);
        publicKeys = new RedisPublicKeys(scripts, keys);
        connections = new RedisConnections(scripts, keys);
        budgets = new RedisBudgets(scripts, keys);
        health = new RedisHealth(commands);
    }

    /// With the rules of the contract tests.
    public static RedisUnderTest at(String uri) {
        return new RedisUnderTest(
                new RedisOptions().setConnectionString(uri),
                MessagePublisherContract.RULES,
                new CommandLimits(TIMEOUT, 10_000));
    }

    /// Waits until the first connection is open, so that a slow start of the JVM is not measured.
    public RedisUnderTest warm() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> health.check().thenApply(_ -> true).join());
        return this;
    }

    @Override
    public void close() {
        commands.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

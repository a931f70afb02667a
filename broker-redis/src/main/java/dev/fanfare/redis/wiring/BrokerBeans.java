package dev.fanfare.redis.wiring;

import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.broker.BudgetLedger;
import dev.fanfare.contract.broker.ChannelDirectory;
import dev.fanfare.contract.broker.ChannelFeed;
import dev.fanfare.contract.broker.ChannelHistory;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.InstanceDirectory;
import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.MessagePublisher;
import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.broker.RevocationLog;
import dev.fanfare.contract.broker.SequencePublisher;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.redis.apikey.RedisApiKeys;
import dev.fanfare.redis.apikey.RedisPublicKeys;
import dev.fanfare.redis.budget.RedisBudgets;
import dev.fanfare.redis.connection.CapturedOptions;
import dev.fanfare.redis.connection.CommandLimits;
import dev.fanfare.redis.connection.RedisClients;
import dev.fanfare.redis.connection.RedisCommands;
import dev.fanfare.redis.directory.RedisChannelDirectory;
import dev.fanfare.redis.feed.FeedConfig;
import dev.fanfare.redis.feed.FeedMetrics;
import dev.fanfare.redis.feed.RedisChannelFeed;
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
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/// The beans that services inject. They connect to Redis when they are first used, so a service starts
/// without Redis.
@Singleton
final class BrokerBeans {

    private final BrokerConfig config;
    private final SecureRandom random = new SecureRandom();

    BrokerBeans(BrokerConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    RedisKeys keys() {
        return new RedisKeys(config.keyPrefix());
    }

    @Produces
    @Singleton
    ChannelRules rules(ChannelsConfig channels) {
        return ChannelsConfig.toRules(channels);
    }

    /// @param unused makes Quarkus read `quarkus.redis.*`, which it does for clients that are injected
    @Produces
    @Singleton
    RedisCommands commands(Vertx vertx, CapturedOptions options, Redis unused) {
        return new RedisCommands(
                new RedisClients(vertx, options.options()),
                ScriptRunner.preamble(),
                new CommandLimits(config.commandTimeout(), config.maxPendingCommands(), config.primaryCheckInterval()),
                random);
    }

    void close(@Disposes RedisCommands commands) {
        commands.close();
    }

    @Produces
    @Singleton
    ScriptRunner scripts(RedisCommands commands) {
        return new ScriptRunner(commands);
    }

    @Produces
    @Singleton
    @Typed({MessagePublisher.class, SequencePublisher.class})
    RedisPublisher publisher(ScriptRunner scripts, RedisKeys keys, ChannelRules rules, CapturedOptions options) {
        var settings = new PublishSettings(config.idempotencyWindow(), config.metaTtl(), isSharded(options));
        return new RedisPublisher(scripts, keys, rules, new EpochSource(random), settings);
    }

    @Produces
    @Singleton
    ChannelHistory history(ScriptRunner scripts, RedisKeys keys) {
        return new RedisHistory(scripts, keys, new EpochSource(random), config.metaTtl());
    }

    @Produces
    @Singleton
    ChannelDirectory directory(ScriptRunner scripts, RedisKeys keys, CapturedOptions options) {
        return new RedisChannelDirectory(scripts, keys, isSharded(options));
    }

    /// Whether announcements go by `SPUBLISH`.
    private static boolean isSharded(CapturedOptions options) {
        return options.options().getType() == RedisClientType.CLUSTER;
    }

    @Produces
    @Singleton
    LeaseKeeper leases(ScriptRunner scripts, RedisKeys keys) {
        return new RedisLease(scripts, keys);
    }

    @Produces
    @Singleton
    InstanceDirectory instances(ScriptRunner scripts, RedisKeys keys) {
        return new RedisInstances(scripts, keys);
    }

    @Produces
    @Singleton
    RevocationLog revocations(ScriptRunner scripts, RedisKeys keys) {
        return new RedisRevocations(scripts, keys);
    }

    @Produces
    @Singleton
    ApiKeyStore apiKeys(ScriptRunner scripts, RedisKeys keys) {
        return new RedisApiKeys(scripts, keys);
    }

    @Produces
    @Singleton
    PublicKeyBoard publicKeys(ScriptRunner scripts, RedisKeys keys) {
        return new RedisPublicKeys(scripts, keys);
    }

    @Produces
    @Singleton
    ConnectionRegistry connections(ScriptRunner scripts, RedisKeys keys) {
        return new RedisConnections(scripts, keys);
    }

    @Produces
    @Singleton
    BudgetLedger budgets(ScriptRunner scripts, RedisKeys keys) {
        return new RedisBudgets(scripts, keys);
    }

    /// @param unused as for [#commands]
    @Produces
    @Singleton
    ChannelFeed feed(
            Vertx vertx,
            RedisKeys keys,
            FeedConfig feedConfig,
            CapturedOptions options,
            FeedMetrics metrics,
            Redis unused) {
        return new RedisChannelFeed(vertx, keys, feedConfig, options.options(), metrics);
    }

    void close(@Disposes ChannelFeed feed) {
        feed.close();
    }

    @Produces
    @Singleton
    RedisHealth health(RedisCommands commands) {
        return new RedisHealth(commands);
    }
}

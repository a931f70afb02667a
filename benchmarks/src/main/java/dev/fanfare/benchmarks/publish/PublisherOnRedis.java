package dev.fanfare.benchmarks.publish;

import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.redis.connection.CommandLimits;
import dev.fanfare.redis.connection.RedisClients;
import dev.fanfare.redis.connection.RedisCommands;
import dev.fanfare.redis.keys.EpochSource;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.publish.PublishSettings;
import dev.fanfare.redis.publish.RedisPublisher;
import dev.fanfare.redis.script.ScriptRunner;
import dev.fanfare.testkit.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/// A Redis of its own, a local process, and our publisher at it, put together by hand as `BrokerBeans`
/// does it with the defaults of the configuration.
final class PublisherOnRedis implements AutoCloseable {

    private static final Duration IDEMPOTENCY_WINDOW = Duration.ofMinutes(5);
    private static final Duration HISTORY_TTL = Duration.ofMinutes(10);
    private static final Duration META_TTL = Duration.ofDays(30);
    private static final int MAX_PENDING = 10_000;

    /// Longer than in a service: a machine that is busy for a moment must not end the run.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SecureRandom random = new SecureRandom();
    private final Vertx vertx = Vertx.vertx();
    private final RedisCommands commands;
    final RedisServer redis = RedisServer.localProcess().start();
    final RedisKeys keys = new RedisKeys("f");
    final RedisPublisher publisher;

    PublisherOnRedis(PublishOptions options) {
        commands = new RedisCommands(
                new RedisClients(
                        vertx,
                        new RedisOptions().setConnectionString(redis.uri().toString())),
                ScriptRunner.preamble(),
                new CommandLimits(TIMEOUT, Math.max(MAX_PENDING, options.inFlight())),
                random);
        var rule = new ChannelRule(new ChannelPattern("*"), options.history(), HISTORY_TTL);
        publisher = new RedisPublisher(
                new ScriptRunner(commands),
                keys,
                new ChannelRules(List.of(rule)),
                new EpochSource(random),
                new PublishSettings(IDEMPOTENCY_WINDOW, META_TTL, false));
    }

    @Override
    public void close() {
        commands.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        redis.close();
    }
}

package dev.fanfare.benchmarks.redis;

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
public final class PublisherOnRedis implements AutoCloseable {

    private static final Duration IDEMPOTENCY_WINDOW = Duration.ofMinutes(5);
    private static final Duration HISTORY_TTL = Duration.ofMinutes(10);
    private static final Duration META_TTL = Duration.ofDays(30);
    private static final int MAX_PENDING = 10_000;

    /// Longer than in a service: a machine that is busy for a moment must not end the run.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final SecureRandom random = new SecureRandom();
    private final Vertx vertx = Vertx.vertx();
    private final RedisCommands commands;
    private final RedisServer redis;
    private final RedisKeys keys = new RedisKeys("f");
    private final RedisPublisher publisher;

    /// @param history messages kept per channel, from 0
    /// @param inFlight publishes that are on their way at a time, at most
    public PublisherOnRedis(int history, int inFlight) {
        this(RedisServer.localProcess().start(), history, inFlight);
    }

    /// Uses `redis`, which runs, and ends it with [#close].
    ///
    /// @param history messages kept per channel, from 0
    /// @param inFlight publishes that are on their way at a time, at most
    public PublisherOnRedis(RedisServer redis, int history, int inFlight) {
        this.redis = redis;
        commands = new RedisCommands(
                new RedisClients(
                        vertx,
                        new RedisOptions().setConnectionString(redis.uri().toString())),
                ScriptRunner.preamble(),
                new CommandLimits(TIMEOUT, Math.max(MAX_PENDING, inFlight)),
                random);
        var rule = new ChannelRule(new ChannelPattern("*"), history, HISTORY_TTL);
        publisher = new RedisPublisher(
                new ScriptRunner(commands),
                keys,
                new ChannelRules(List.of(rule)),
                new EpochSource(random),
                new PublishSettings(IDEMPOTENCY_WINDOW, META_TTL, false));
    }

    public RedisServer redis() {
        return redis;
    }

    public RedisKeys keys() {
        return keys;
    }

    public RedisPublisher publisher() {
        return publisher;
    }

    /// Name and version of the server.
    public String version() {
        return "Redis " + info("server", "redis_version");
    }

    /// Of Redis, which is a process of this machine.
    public long processId() {
        return Long.parseLong(info("server", "process_id"));
    }

    /// Processor time that Redis has taken until now.
    public Duration cpu() {
        double seconds =
                Double.parseDouble(info("cpu", "used_cpu_user")) + Double.parseDouble(info("cpu", "used_cpu_sys"));
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /// What Redis says of itself under this name.
    private String info(String section, String name) {
        String start = name + ":";
        return String.valueOf(redis.execute("INFO", section))
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Redis does not tell its " + name));
    }

    @Override
    public void close() {
        commands.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        redis.close();
    }
}

package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import dev.fanfare.e2e.installation.RedisTopology;
import dev.fanfare.testkit.RedisOptions;
import dev.fanfare.testkit.RedisServer;
import java.time.Duration;
import java.util.List;

/// One Redis that writes everything to its append-only file before it answers, and a link of its own from
/// each process to it.
final class SingleRedis implements Topology {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(6);

    private final RedisServer redis = RedisServer.with(RedisOptions.defaults().withAppendOnly());

    @Override
    public String name() {
        return "single";
    }

    @Override
    public RedisTopology redis() {
        return new RedisTopology.Single(redis);
    }

    @Override
    public boolean isLinked() {
        return true;
    }

    @Override
    public int replicas() {
        return 0;
    }

    @Override
    public List<Fault> faults(List<String> channels) {
        return List.of(
                new Fault("redis-killed", Loss.NONE, Duration.ofSeconds(3), _ -> {
                    redis.kill();
                    return redis::start;
                }),
                new Fault("redis-restarted", Loss.NONE, SHORT, _ -> {
                    redis.stop();
                    return redis::start;
                }),
                new Fault("redis-paused", Loss.NONE, LONG, _ -> {
                    redis.pause();
                    return redis::resume;
                }),
                RedisFaults.emptied(this),
                RedisFaults.pubSubKilled(this));
    }

    @Override
    public String leadership() {
        return "the only one";
    }

    @Override
    public void awaitWhole() {
        // Starting waits until it answers.
    }

    @Override
    public List<Server> primaries() {
        return List.of(redis::execute);
    }
}

package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import dev.fanfare.e2e.installation.RedisTopology;
import dev.fanfare.testkit.RedisSentinel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A primary, a replica and three Sentinels, and a link to each of the two that all share: services, Sentinels and
/// the replica. Nothing is written to disk.
final class SentinelRedis implements Topology {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final int SENTINELS = 3;

    private final RedisSentinel redis = RedisSentinel.linked();

    @Override
    public String name() {
        return "sentinel";
    }

    @Override
    public RedisTopology redis() {
        return new RedisTopology.Sentinel(redis);
    }

    @Override
    public boolean isLinked() {
        return false;
    }

    @Override
    public int replicas() {
        return 1;
    }

    @Override
    public List<Fault> faults(List<String> channels) {
        List<Fault> faults = new ArrayList<>(List.of(
                new Fault("primary-killed", Loss.UNREPLICATED, MOMENT, _ -> {
                    int primary = redis.primary();
                    redis.kill(primary);
                    // Started again before that it would be an empty primary, which its replica then copies.
                    redis.awaitPrimary(1 - primary);
                    return () -> redis.restart(primary);
                }),
                new Fault("primary-paused", Loss.UNREPLICATED, LONG, _ -> {
                    int primary = redis.primary();
                    redis.pause(primary);
                    return () -> redis.resume(primary);
                }),
                new Fault("failed-over", Loss.UNREPLICATED, MOMENT, _ -> {
                    redis.failOver();
                    return () -> {};
                }),
                new Fault("sentinel-paused", Loss.NONE, LONG, choice -> {
                    redis.pauseSentinel(choice % SENTINELS);
                    return () -> redis.resumeSentinel(choice % SENTINELS);
                }),
                RedisFaults.pubSubKilled(this),
                RedisFaults.emptied(this)));
        // Even a link that was only cut: a Sentinel that was cut off twice within a second waits for the rest of
        // it, which is longer than it waits for a primary.
        faults.addAll(new LinkFaults(() -> List.of(redis.link(redis.primary())), Loss.UNREPLICATED).all());
        return faults;
    }

    @Override
    public String leadership() {
        return redis.configEpoch();
    }

    @Override
    public void awaitWhole() {
        redis.awaitReady();
    }

    @Override
    public List<Server> primaries() {
        int primary = redis.primary();
        return List.of(command -> redis.execute(primary, command));
    }
}

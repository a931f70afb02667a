package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import dev.fanfare.e2e.installation.RedisTopology;
import dev.fanfare.testkit.RedisCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// Three primaries with a replica each, and a link to each node that services and replicas share. Nothing is
/// written to disk.
final class ClusterRedis implements Topology {

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final RedisCluster redis = RedisCluster.linked(1);

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public RedisTopology redis() {
        return new RedisTopology.Cluster(redis);
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
                onPrimary("primary-killed", MOMENT, primary -> {
                    redis.kill(primary);
                    // Started again before that it would be an empty primary, which its replica then copies.
                    redis.awaitTakeover(primary);
                    return () -> redis.restart(primary);
                }),
                onPrimary("primary-paused", LONG, primary -> {
                    redis.pause(primary);
                    return () -> redis.resume(primary);
                }),
                onPrimary("failed-over", MOMENT, primary -> {
                    redis.failOver(redis.replicaOf(primary));
                    return () -> {};
                }),
                new Fault("slot-moved", Loss.NONE, MOMENT, choice -> moveSlot(channels, choice)),
                RedisFaults.pubSubKilled(this),
                RedisFaults.emptied(this)));
        // The nodes reach each other past the links, so none of them is taken for dead.
        faults.addAll(
                new LinkFaults(() -> redis.primaries().stream().map(redis::link).toList(), Loss.NONE).all());
        return faults;
    }

    private Fault onPrimary(String name, Duration longest, IntFunction<Runnable> begin) {
        return new Fault(name, Loss.UNREPLICATED, longest, choice -> {
            List<Integer> primaries = redis.primaries();
            return begin.apply(primaries.get(choice % primaries.size()));
        });
    }

    /// Moves the slot of a channel that is in use to another primary; both redirect until it is undone,
    /// which finishes the move.
    private Runnable moveSlot(List<String> channels, int choice) {
        String channel = channels.get(choice % channels.size());
        Optional<StoredChannel> stored = StoredChannel.find(this, channel);
        if (stored.isEmpty()) {
            // Nothing has been published to it yet, or everything was just emptied.
            return () -> {};
        }
        int slot = Math.toIntExact((long) stored.orElseThrow().execute("CLUSTER", "KEYSLOT"));
        int from = redis.primaryOf(slot);
        List<Integer> others =
                redis.primaries().stream().filter(primary -> primary != from).toList();
        int to = others.get(choice % others.size());
        redis.beginMove(slot, from, to);
        return () -> redis.finishMove(slot, from, to);
    }

    @Override
    public String leadership() {
        return redis.primaries().toString();
    }

    @Override
    public void awaitWhole() {
        redis.awaitReady();
    }

    @Override
    public List<Server> primaries() {
        return redis.primaries().stream()
                .map(primary -> (Server) command -> redis.execute(primary, command))
                .toList();
    }
}

package dev.fanfare.redis.instance;

import dev.fanfare.contract.broker.InstanceDirectory;
import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Instances that are well, each until a time by the clock of Redis, and what they have to do.
public final class RedisInstances implements InstanceDirectory {

    private final ScriptRunner scripts;
    private final RedisKeys keys;

    public RedisInstances(ScriptRunner scripts, RedisKeys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<List<InstanceLoad>> announce(
            String service, String instance, boolean isWell, InstanceLoad load, Duration ttl) {
        if (ttl.compareTo(MIN_TTL) < 0) {
            throw new IllegalArgumentException("an announcement counts for at least " + MIN_TTL + ", not " + ttl);
        }
        List<String> where = List.of(keys.instances(service), keys.loads(service));
        List<Object> arguments = List.of(instance, isWell ? 1 : 0, ttl.toMillis(), LoadText.of(load));
        return scripts.run(LuaScript.INSTANCE_ANNOUNCE, where, arguments).thenApply(RedisInstances::loads);
    }

    private static List<InstanceLoad> loads(ScriptReply reply) {
        List<InstanceLoad> loads = new ArrayList<>(reply.size());
        for (ScriptReply each : reply) {
            loads.add(LoadText.read(each.text()));
        }
        return List.copyOf(loads);
    }
}

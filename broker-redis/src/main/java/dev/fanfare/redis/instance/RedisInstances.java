package dev.fanfare.redis.instance;

import dev.fanfare.contract.broker.InstanceDirectory;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Instances that are well, each until a time by the clock of Redis.
public final class RedisInstances implements InstanceDirectory {

    private final ScriptRunner scripts;
    private final RedisKeys keys;

    public RedisInstances(ScriptRunner scripts, RedisKeys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<Integer> announce(String service, String instance, boolean isWell, Duration ttl) {
        if (ttl.compareTo(MIN_TTL) < 0) {
            throw new IllegalArgumentException("an announcement counts for at least " + MIN_TTL + ", not " + ttl);
        }
        List<Object> arguments = List.of(instance, isWell ? 1 : 0, ttl.toMillis());
        return scripts.run(LuaScript.INSTANCE_ANNOUNCE, List.of(keys.instances(service)), arguments)
                .thenApply(reply -> Math.toIntExact(reply.number()));
    }
}

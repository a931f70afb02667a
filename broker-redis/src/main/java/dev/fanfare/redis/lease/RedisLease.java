package dev.fanfare.redis.lease;

import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.LeaseOutcome;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Leases by the clock of Redis, so that the clocks of the owners do not matter.
public final class RedisLease implements LeaseKeeper {

    private final ScriptRunner scripts;
    private final RedisKeys keys;

    public RedisLease(ScriptRunner scripts, RedisKeys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<LeaseOutcome> acquire(String name, String owner, Duration ttl) {
        if (ttl.compareTo(MIN_TTL) < 0) {
            throw new IllegalArgumentException("a lease lasts at least " + MIN_TTL + ", not " + ttl);
        }
        return scripts.run(LuaScript.LEASE_ACQUIRE, List.of(keys.lease(name)), List.of(owner, ttl.toMillis()))
                .thenApply(RedisLease::outcomeOf);
    }

    private static LeaseOutcome outcomeOf(ScriptReply reply) {
        long number = reply.get(1).number();
        return reply.get(0).number() == 1
                ? new LeaseOutcome.Held(number)
                : new LeaseOutcome.Taken(Duration.ofMillis(number));
    }

    @Override
    public CompletableFuture<Void> release(String name, String owner) {
        return scripts.run(LuaScript.LEASE_RELEASE, List.of(keys.lease(name)), List.of(owner))
                .thenAccept(_ -> {});
    }
}

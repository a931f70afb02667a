package dev.fanfare.redis.revocation;

import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.broker.RevocationLog;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Revocations by the clock of Redis, all in one slot so that they have one order.
public final class RedisRevocations implements RevocationLog {

    private static final int FIELDS = 6;

    private final ScriptRunner scripts;
    private final RedisKeys keys;

    public RedisRevocations(ScriptRunner scripts, RedisKeys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<Revocation> revoke(RevocationTarget target, Duration grace, Duration memory) {
        RevocationLog.checkTimes(grace, memory);
        List<Object> arguments =
                List.of(target.kind().word(), target.value(), grace.toMillis(), memory.toMillis(), MAX_ENTRIES);
        return scripts.run(LuaScript.REVOCATION_ADD, List.of(keys.revocations(), keys.revocationEnds()), arguments)
                .thenApply(RedisRevocations::added);
    }

    private static Revocation added(ScriptReply reply) {
        if (reply.get(0).number() == 0) {
            throw new FanfareException(
                    ErrorCode.OVERLOADED, MAX_ENTRIES + " revocations are kept already: withdraw a key instead");
        }
        return parse(reply.get(1).text());
    }

    @Override
    public CompletableFuture<List<Revocation>> since(long after, int limit) {
        RevocationLog.checkRead(after, limit);
        return scripts.run(LuaScript.REVOCATION_READ, List.of(keys.revocations()), List.of(after, limit))
                .thenApply(reply -> {
                    List<Revocation> read = new ArrayList<>(reply.size());
                    reply.forEach(member -> read.add(parse(member.text())));
                    return List.copyOf(read);
                });
    }

    private static Revocation parse(String member) {
        String[] fields = member.split(" ", FIELDS);
        return new Revocation(
                Long.parseLong(fields[0]),
                new RevocationTarget(RevocationTarget.Kind.of(fields[1]), fields[5]),
                Instant.ofEpochMilli(Long.parseLong(fields[2])),
                Instant.ofEpochMilli(Long.parseLong(fields[3])),
                Instant.ofEpochMilli(Long.parseLong(fields[4])));
    }
}

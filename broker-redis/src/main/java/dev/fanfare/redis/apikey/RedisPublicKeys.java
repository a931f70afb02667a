package dev.fanfare.redis.apikey;

import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.broker.PublicKeys;
import dev.fanfare.contract.broker.PublicKeys.PublicKey;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Public keys by the clock of Redis.
public final class RedisPublicKeys implements PublicKeyBoard {

    private static final int FIELDS = 3;

    private final ScriptRunner scripts;
    private final RedisKeys keys;

    public RedisPublicKeys(ScriptRunner scripts, RedisKeys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<Void> announce(String id, String jwk, Duration memory) {
        PublicKeyBoard.checkAnnounced(id, jwk, memory);
        return scripts.run(
                        LuaScript.SIGNING_ANNOUNCE,
                        List.of(keys.publicKeys()),
                        List.of(id, jwk, memory.toMillis(), MAX_KEYS))
                .thenAccept(reply -> {
                    if (reply.number() == 0) {
                        throw new FanfareException(ErrorCode.OVERLOADED, MAX_KEYS + " public keys are up already");
                    }
                });
    }

    @Override
    public CompletableFuture<Void> withdraw(String id) {
        return scripts.run(LuaScript.SIGNING_WITHDRAW, List.of(keys.publicKeys()), List.of(id))
                .thenAccept(_ -> {});
    }

    @Override
    public CompletableFuture<PublicKeys> publicKeys() {
        return scripts.run(LuaScript.SIGNING_READ, List.of(keys.publicKeys()), List.of())
                .thenApply(RedisPublicKeys::parse);
    }

    private static PublicKeys parse(ScriptReply reply) {
        long now = reply.get(0).number();
        ScriptReply fields = reply.get(1);
        List<PublicKey> read = new ArrayList<>();
        for (int i = 0; i < fields.size(); i += 2) {
            String[] value = fields.get(i + 1).text().split(" ", FIELDS);
            if (Long.parseLong(value[1]) > now) {
                read.add(new PublicKey(fields.get(i).text(), value[2], Instant.ofEpochMilli(Long.parseLong(value[0]))));
            }
        }
        read.sort(Comparator.comparing(PublicKey::id));
        return new PublicKeys(Instant.ofEpochMilli(now), read);
    }
}

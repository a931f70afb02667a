package dev.fanfare.redis.apikey;

import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ApiKeyStore;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.script.LuaScript;
import dev.fanfare.redis.script.ScriptReply;
import dev.fanfare.redis.script.ScriptRunner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// API keys, all in one slot so that their changes have one order.
public final class RedisApiKeys implements ApiKeyStore {

    private static final int FIELDS = 7;

    private final ScriptRunner scripts;
    private final RedisKeys keys;

    public RedisApiKeys(ScriptRunner scripts, RedisKeys keys) {
        this.scripts = scripts;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<ApiKey> create(ApiKey.Draft draft) {
        List<Object> arguments = List.of(draft.id(), draft.secretHash(), draft.name(), draft.capability(), MAX_KEYS);
        return scripts.run(LuaScript.KEY_CREATE, bothKeys(), arguments)
                .thenApply(reply -> stored(reply)
                        .orElseThrow(() -> new FanfareException(
                                ErrorCode.OVERLOADED, MAX_KEYS + " API keys are kept already: remove some")));
    }

    @Override
    public CompletableFuture<Optional<ApiKey>> find(String id) {
        return scripts.run(LuaScript.KEY_FIND, List.of(keys.apiKeys()), List.of(id))
                .thenApply(reply -> parseAll(reply).stream().findFirst());
    }

    @Override
    public CompletableFuture<Optional<ApiKey>> enable(String id, boolean isEnabled) {
        return scripts.run(LuaScript.KEY_ENABLE, bothKeys(), List.of(id, isEnabled ? 1 : 0))
                .thenApply(RedisApiKeys::stored);
    }

    @Override
    public CompletableFuture<Removal> remove(String id) {
        return scripts.run(LuaScript.KEY_REMOVE, bothKeys(), List.of(id))
                .thenApply(reply -> switch ((int) reply.number()) {
                    case 0 -> Removal.UNKNOWN;
                    case 1 -> Removal.REMOVED;
                    default -> Removal.ENABLED;
                });
    }

    @Override
    public CompletableFuture<List<ApiKey>> changedSince(long after, int limit) {
        ApiKeyStore.checkRead(after, limit);
        return scripts.run(LuaScript.KEY_READ, bothKeys(), List.of(after, limit))
                .thenApply(RedisApiKeys::parseAll);
    }

    private List<String> bothKeys() {
        return List.of(keys.apiKeys(), keys.apiKeyChanges());
    }

    private static Optional<ApiKey> stored(ScriptReply reply) {
        return reply.get(0).number() == 0
                ? Optional.empty()
                : Optional.of(parse(reply.get(1).text()));
    }

    private static List<ApiKey> parseAll(ScriptReply reply) {
        List<ApiKey> read = new ArrayList<>(reply.size());
        reply.forEach(value -> read.add(parse(value.text())));
        return List.copyOf(read);
    }

    private static ApiKey parse(String value) {
        String[] fields = value.split("\t", FIELDS);
        return new ApiKey(
                fields[0],
                Long.parseLong(fields[1]),
                fields[2].equals("1"),
                Instant.ofEpochMilli(Long.parseLong(fields[3])),
                fields[4],
                fields[5],
                fields[6]);
    }
}

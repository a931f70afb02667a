package dev.fanfare.redis.script;

import dev.fanfare.redis.connection.RedisCommand;
import dev.fanfare.redis.connection.RedisCommands;
import dev.fanfare.redis.keys.HashSlot;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Runs the scripts by their digests. Those of one slot run in the order of the calls.
///
/// Every script may run twice for one call, when the first reply was lost on its way.
public final class ScriptRunner {

    private final RedisCommands commands;

    public ScriptRunner(RedisCommands commands) {
        this.commands = commands;
    }

    /// What a connection must have done before scripts can run on it.
    public static List<Request> preamble() {
        return Arrays.stream(LuaScript.values())
                .map(script -> Request.cmd(Command.SCRIPT, "LOAD", script.source()))
                .toList();
    }

    /// Runs `script`.
    ///
    /// @param keys as many as the script takes, all of one slot
    /// @param arguments as many as the script takes, each a `String`, a number or a `byte[]`
    /// @return fails as `RedisCommands.send` does
    public CompletableFuture<ScriptReply> run(LuaScript script, List<String> keys, List<Object> arguments) {
        return run(script, keys, arguments, 0);
    }

    /// Runs `script`, and completes after `replicas` replicas have confirmed what it wrote.
    public CompletableFuture<ScriptReply> run(
            LuaScript script, List<String> keys, List<Object> arguments, int replicas) {
        if (!script.takes(keys.size(), arguments.size())) {
            throw new IllegalArgumentException(
                    script + " does not take " + keys.size() + " keys and " + arguments.size() + " arguments");
        }
        Object[] parts = new Object[2 + keys.size() + arguments.size()];
        parts[0] = script.sha1();
        parts[1] = keys.size();
        int at = 2;
        for (String key : keys) {
            parts[at++] = key;
        }
        for (Object argument : arguments) {
            parts[at++] = argument;
        }
        Request request = Request.cmd(Command.EVALSHA, parts);
        return commands.send(new RedisCommand(HashSlot.of(keys.getFirst()), request, replicas))
                .thenApply(ScriptReply::of);
    }
}

package dev.fanfare.redis.health;

import dev.fanfare.redis.connection.RedisCommand;
import dev.fanfare.redis.connection.RedisCommands;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.concurrent.CompletableFuture;

/// Whether Redis answers, over the very connection that publishes and reads.
public final class RedisHealth {

    private final RedisCommands commands;

    public RedisHealth(RedisCommands commands) {
        this.commands = commands;
    }

    /// Completes when Redis has answered a `PING`. Fails with a
    /// [dev.fanfare.contract.failure.FanfareException] with code `BROKER_UNAVAILABLE`, at the latest
    /// after the command timeout. Never blocks.
    public CompletableFuture<Void> check() {
        return commands.send(new RedisCommand(0, Request.cmd(Command.PING))).thenAccept(_ -> {});
    }
}

package dev.fanfare.redis.wiring;

import dev.fanfare.testkit.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Gives a Quarkus test a Redis.
public final class RedisResource implements QuarkusTestResourceLifecycleManager {

    private final RedisServer redis = RedisServer.disposable();

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.redis.hosts", redis.start().uri() + "/3",
                "fanfare.redis.key-prefix", "wired",
                "fanfare.channels.rules[0].pattern", "iss.*",
                "fanfare.channels.rules[0].history-size", "7");
    }

    @Override
    public void stop() {
        redis.close();
    }
}

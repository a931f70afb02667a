package dev.fanfare.telemetry.lifecycle;

import dev.fanfare.testkit.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/// A real Redis of its own, which may be frozen, for a service whose shipped source is off.
public final class RedisResource implements QuarkusTestResourceLifecycleManager {

    private final RedisServer redis = RedisServer.disposable();

    @Override
    public Map<String, String> start() {
        redis.start();
        return Map.of(
                "quarkus.redis.hosts", redis.uri().toString(),
                "fanfare.redis.key-prefix", "it-" + UUID.randomUUID().toString().substring(0, 8),
                "fanfare.channels.rules[0].pattern", "it.*",
                "fanfare.channels.rules[0].history-size", "10000",
                "fanfare.telemetry.sources.iss.enabled", "false");
    }

    @Override
    public void stop() {
        redis.close();
    }
}

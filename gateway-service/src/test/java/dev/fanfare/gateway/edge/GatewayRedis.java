package dev.fanfare.gateway.edge;

import dev.fanfare.testkit.RedisOptions;
import dev.fanfare.testkit.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Lends the gateway under test a real Redis and a key prefix of its own.
public final class GatewayRedis implements QuarkusTestResourceLifecycleManager {

    private static final RedisServer REDIS =
            RedisServer.with(RedisOptions.defaults().withAppendOnly());

    /// The Redis that the gateway under test uses.
    static RedisServer redis() {
        return REDIS;
    }

    @Override
    public Map<String, String> start() {
        REDIS.start();
        return Map.of("quarkus.redis.hosts", REDIS.uri().toString(), "fanfare.redis.key-prefix", "gw");
    }

    @Override
    public void stop() {
        REDIS.close();
    }
}

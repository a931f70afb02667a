package dev.fanfare.publisher;

import dev.fanfare.testkit.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/// A real Redis of its own, which tests get into their field of type [RedisServer] and may stop.
public final class RedisResource implements QuarkusTestResourceLifecycleManager {

    /// As long as the outage test may wait for a refusal.
    static final String COMMAND_TIMEOUT = "1S";

    private final RedisServer redis = RedisServer.disposable();

    @Override
    public Map<String, String> start() {
        redis.start();
        return Map.of(
                "quarkus.redis.hosts",
                redis.uri().toString(),
                "fanfare.redis.key-prefix",
                "it-" + UUID.randomUUID().toString().substring(0, 8),
                "fanfare.redis.command-timeout",
                COMMAND_TIMEOUT,
                // All clients of a test have one address.
                "fanfare.admission.max-in-flight-per-caller",
                "512",
                "fanfare.channels.rules[0].pattern",
                "it.*",
                "fanfare.channels.rules[0].history-size",
                "10000");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisServer.class));
    }

    @Override
    public void stop() {
        redis.close();
    }
}

package dev.fanfare.telemetry.lifecycle;

import dev.fanfare.testkit.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/// A real Redis, and the shipped source at a port where nobody listens.
public final class ShippedSourceResource implements QuarkusTestResourceLifecycleManager {

    private final RedisResource redis = new RedisResource();

    @Override
    public Map<String, String> start() {
        var properties = new HashMap<>(redis.start());
        properties.remove("fanfare.telemetry.sources.iss.enabled");
        properties.put("fanfare.telemetry.sources.iss.url", "http://127.0.0.1:" + FreePorts.next() + "/");
        return properties;
    }

    @Override
    public void stop() {
        redis.stop();
    }
}

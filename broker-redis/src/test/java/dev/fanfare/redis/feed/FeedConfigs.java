package dev.fanfare.redis.feed;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Feed settings for tests.
final class FeedConfigs {

    private FeedConfigs() {}

    /// The defaults.
    static FeedConfig defaults() {
        return with(Map.of());
    }

    /// The defaults with some keys (without the prefix) set otherwise.
    static FeedConfig with(Map<String, String> changes) {
        Map<String, String> properties = new HashMap<>();
        changes.forEach((key, value) -> properties.put("fanfare.redis.feed." + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withConverter(Duration.class, 1_000, new DurationConverter())
                .withMapping(FeedConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 1_000))
                .build()
                .getConfigMapping(FeedConfig.class);
    }
}

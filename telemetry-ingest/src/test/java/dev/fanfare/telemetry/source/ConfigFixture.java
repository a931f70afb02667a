package dev.fanfare.telemetry.source;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/// Reads mappings from properties as the service does.
public final class ConfigFixture {

    private ConfigFixture() {}

    public static SourcesConfig sources(Map<String, String> properties) {
        return mapping(SourcesConfig.class, properties);
    }

    public static <T> T mapping(Class<T> type, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(type)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(type);
    }
}

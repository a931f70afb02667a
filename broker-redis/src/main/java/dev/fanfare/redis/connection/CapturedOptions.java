package dev.fanfare.redis.connection;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The options that Quarkus made of `quarkus.redis.*` for its default client: addresses, topology,
/// password, TLS. Clients of our own are made with the same.
///
/// Customizes nothing. Quarkus calls it while it starts, before any bean is used.
@Singleton
public final class CapturedOptions implements RedisOptionsCustomizer {

    // The object itself: another customizer may still change it after this one was called.
    private volatile @Nullable RedisOptions captured;

    @Override
    public void customize(String clientName, RedisOptions options) {
        if (clientName.equals(RedisConfig.DEFAULT_CLIENT_NAME)) {
            captured = options;
        }
    }

    /// A copy of the options as they are now.
    public RedisOptions options() {
        RedisOptions options = captured;
        if (options == null) {
            throw new IllegalStateException("there is no default Redis client: set quarkus.redis.hosts");
        }
        return new RedisOptions(options);
    }
}

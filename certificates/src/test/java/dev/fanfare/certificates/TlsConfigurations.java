package dev.fanfare.certificates;

import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A registry of what a test puts there.
final class TlsConfigurations implements TlsConfigurationRegistry {

    private static final String DEFAULT = "<default>";

    private final Map<String, TlsConfiguration> configurations = new HashMap<>();

    void put(String name, @Nullable KeyStore shown, @Nullable KeyStore believed) {
        configurations.put(name, new BaseTlsConfiguration() {
            @Override
            public @Nullable KeyStore getKeyStore() {
                return shown;
            }

            @Override
            public @Nullable KeyStore getTrustStore() {
                return believed;
            }
        });
    }

    void putDefault(KeyStore shown) {
        put(DEFAULT, shown, null);
    }

    @Override
    public Optional<TlsConfiguration> get(String name) {
        return Optional.ofNullable(configurations.get(name));
    }

    @Override
    public Optional<TlsConfiguration> getDefault() {
        return get(DEFAULT);
    }

    @Override
    public void register(String name, TlsConfiguration configuration) {
        configurations.put(name, configuration);
    }
}

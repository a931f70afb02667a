package dev.fanfare.gateway.lifecycle;

import dev.fanfare.gateway.Configs;
import java.util.Map;

/// Settings for tests.
final class RebalanceSettings {

    private RebalanceSettings() {}

    static RebalanceConfig defaults() {
        return of(Map.of());
    }

    static RebalanceConfig of(Map<String, String> properties) {
        return RebalanceConfig.checked(Configs.mapped(RebalanceConfig.class, properties));
    }
}

package dev.fanfare.deployment.settings;

import io.smallrye.config.SmallRyeConfig;
import java.util.Optional;

/// Whether a service could start with its settings.
public sealed interface Loaded {

    /// It would work with these.
    record Usable(SmallRyeConfig values) implements Loaded {}

    /// It would end, and say this.
    record Refused(String why) implements Loaded {}

    /// What it would work with; empty if it could not start.
    default Optional<SmallRyeConfig> config() {
        return switch (this) {
            case Usable(SmallRyeConfig values) -> Optional.of(values);
            case Refused _ -> Optional.empty();
        };
    }
}

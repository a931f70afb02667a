package dev.fanfare.gateway.lifecycle;

import java.time.Duration;

/// The defaults, for tests.
record EvacuationSettings(
        Duration announceInterval, Duration announceTtl, Duration patience, Duration spread, Duration grace)
        implements EvacuationConfig {

    static EvacuationSettings defaults() {
        return new EvacuationSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(8),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }
}

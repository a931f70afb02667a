package dev.fanfare.telemetry.leadership;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// Whether this instance leads one source.
public final class LeadershipMetrics {

    private volatile boolean isLeader;

    public LeadershipMetrics(String source, MeterRegistry registry) {
        Gauge.builder("fanfare.telemetry.leader", this, metrics -> metrics.isLeader ? 1 : 0)
                .tag("source", source)
                .register(registry);
    }

    boolean isLeading() {
        return isLeader;
    }

    void leading(boolean isOn) {
        isLeader = isOn;
    }
}

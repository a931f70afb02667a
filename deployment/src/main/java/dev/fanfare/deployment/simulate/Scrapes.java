package dev.fanfare.deployment.simulate;

import java.util.OptionalDouble;

/// What Prometheus and the metrics server know of a pod: what was so when they last asked, every 15 seconds, each
/// pod at a time of its own. A rate takes two scrapes.
final class Scrapes {

    private static final int INTERVAL_SECONDS = 15;

    /// For so long Kubernetes believes no processor time of a pod that has just become ready.
    private static final int CPU_DELAY_SECONDS = 30;

    private final int readyAt;
    private final int phase;
    private int count;
    private OptionalDouble connections = OptionalDouble.empty();
    private OptionalDouble sentBytes = OptionalDouble.empty();
    private OptionalDouble cpuPercent = OptionalDouble.empty();

    Scrapes(int readyAt, int phase) {
        this.readyAt = readyAt;
        this.phase = phase;
    }

    void look(int connectionsNow, double sentBytesNow, double cpuPercentNow, int now) {
        if (now < readyAt || now % INTERVAL_SECONDS != phase) {
            return;
        }
        count++;
        connections = OptionalDouble.of(connectionsNow);
        sentBytes = count > 1 ? OptionalDouble.of(sentBytesNow) : OptionalDouble.empty();
        cpuPercent = now >= readyAt + CPU_DELAY_SECONDS ? OptionalDouble.of(cpuPercentNow) : OptionalDouble.empty();
    }

    OptionalDouble connections() {
        return connections;
    }

    OptionalDouble sentBytes() {
        return sentBytes;
    }

    OptionalDouble cpuPercent() {
        return cpuPercent;
    }
}

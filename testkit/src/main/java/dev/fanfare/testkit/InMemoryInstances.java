package dev.fanfare.testkit;

import dev.fanfare.contract.broker.InstanceDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The well instances of the in-memory broker. Confined to its thread.
final class InMemoryInstances {

    private final Map<String, Map<String, Instant>> wellUntil = new HashMap<>();
    private final Clock clock;

    InMemoryInstances(Clock clock) {
        this.clock = clock;
    }

    int announce(String service, String instance, boolean isWell, Duration ttl) {
        if (ttl.compareTo(InstanceDirectory.MIN_TTL) < 0) {
            throw new IllegalArgumentException(
                    "an announcement counts for at least " + InstanceDirectory.MIN_TTL + ", not " + ttl);
        }
        Instant now = clock.instant();
        Map<String, Instant> well = wellUntil.computeIfAbsent(service, _ -> new HashMap<>());
        well.values().removeIf(until -> !until.isAfter(now));
        well.remove(instance);
        int others = well.size();
        if (isWell) {
            well.put(instance, now.plus(ttl));
        }
        return others;
    }

    void clear() {
        wellUntil.clear();
    }
}

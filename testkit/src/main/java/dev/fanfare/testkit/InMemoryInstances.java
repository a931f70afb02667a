package dev.fanfare.testkit;

import dev.fanfare.contract.broker.InstanceDirectory;
import dev.fanfare.contract.broker.InstanceLoad;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The well instances of the in-memory broker. Confined to its thread.
final class InMemoryInstances {

    private record Announcement(Instant until, InstanceLoad load) {}

    private final Map<String, Map<String, Announcement>> services = new HashMap<>();
    private final Clock clock;

    InMemoryInstances(Clock clock) {
        this.clock = clock;
    }

    List<InstanceLoad> announce(String service, String instance, boolean isWell, InstanceLoad load, Duration ttl) {
        if (ttl.compareTo(InstanceDirectory.MIN_TTL) < 0) {
            throw new IllegalArgumentException(
                    "an announcement counts for at least " + InstanceDirectory.MIN_TTL + ", not " + ttl);
        }
        Instant now = clock.instant();
        Map<String, Announcement> well = services.computeIfAbsent(service, _ -> new HashMap<>());
        well.values().removeIf(each -> !each.until().isAfter(now));
        well.remove(instance);
        List<InstanceLoad> others =
                well.values().stream().map(Announcement::load).toList();
        if (isWell) {
            well.put(instance, new Announcement(now.plus(ttl), load));
        }
        return others;
    }

    void clear() {
        services.clear();
    }
}

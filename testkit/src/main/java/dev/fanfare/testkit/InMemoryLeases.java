package dev.fanfare.testkit;

import dev.fanfare.contract.broker.LeaseKeeper;
import dev.fanfare.contract.broker.LeaseOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The leases of the in-memory broker. Confined to its thread.
final class InMemoryLeases {

    private record Lease(String owner, Instant until, long fence) {}

    private final Map<String, Lease> leases = new HashMap<>();
    private final Clock clock;
    private long lastFence;

    InMemoryLeases(Clock clock) {
        this.clock = clock;
    }

    LeaseOutcome acquire(String name, String owner, Duration ttl) {
        if (ttl.compareTo(LeaseKeeper.MIN_TTL) < 0) {
            throw new IllegalArgumentException("a lease lasts at least " + LeaseKeeper.MIN_TTL + ", not " + ttl);
        }
        Instant now = clock.instant();
        Lease lease = leases.get(name);
        if (lease == null || !lease.until().isAfter(now)) {
            lease = new Lease(owner, now, ++lastFence);
        } else if (!lease.owner().equals(owner)) {
            return new LeaseOutcome.Taken(Duration.between(now, lease.until()));
        }
        long fence = lease.fence();
        leases.put(name, new Lease(owner, now.plus(ttl), fence));
        return new LeaseOutcome.Held(fence);
    }

    boolean release(String name, String owner) {
        Lease lease = leases.get(name);
        return lease != null && lease.owner().equals(owner) && leases.remove(name, lease);
    }

    void clear() {
        leases.clear();
    }
}

package dev.fanfare.testkit;

import dev.fanfare.contract.broker.PublicKeyBoard;
import dev.fanfare.contract.broker.PublicKeys;
import dev.fanfare.contract.broker.PublicKeys.PublicKey;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/// The public keys of the in-memory broker. Confined to its thread.
final class InMemoryPublicKeys {

    private record Entry(PublicKey key, Instant until) {}

    private final TreeMap<String, Entry> byId = new TreeMap<>();
    private final Clock clock;

    InMemoryPublicKeys(Clock clock) {
        this.clock = clock;
    }

    PublicKey announce(String id, String jwk, Duration memory) {
        Instant now = dropOld();
        Entry before = byId.get(id);
        if (before == null && byId.size() >= PublicKeyBoard.MAX_KEYS) {
            throw new FanfareException(ErrorCode.OVERLOADED, "too many public keys are up already");
        }
        Instant since =
                before != null && before.key().jwk().equals(jwk) ? before.key().since() : now;
        var key = new PublicKey(id, jwk, since);
        byId.put(id, new Entry(key, now.plus(memory)));
        return key;
    }

    boolean withdraw(String id) {
        return byId.remove(id) != null;
    }

    PublicKeys published() {
        Instant now = dropOld();
        return new PublicKeys(now, byId.values().stream().map(Entry::key).toList());
    }

    private Instant dropOld() {
        Instant now = Instant.ofEpochMilli(clock.millis());
        byId.values().removeIf(entry -> !entry.until().isAfter(now));
        return now;
    }

    void clear() {
        byId.clear();
    }
}

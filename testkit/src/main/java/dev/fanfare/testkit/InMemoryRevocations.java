package dev.fanfare.testkit;

import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.broker.RevocationLog;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/// The revocations of the in-memory broker. Confined to its thread.
final class InMemoryRevocations {

    private final TreeMap<Long, Revocation> bySerial = new TreeMap<>();
    private final Clock clock;
    // Goes on when all else is forgotten, as the clock of Redis does.
    private long lastSerial;

    InMemoryRevocations(Clock clock) {
        this.clock = clock;
    }

    Revocation revoke(RevocationTarget target, Duration grace, Duration memory) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        bySerial.values().removeIf(each -> !each.until().isAfter(now));
        if (bySerial.size() >= RevocationLog.MAX_ENTRIES) {
            throw new FanfareException(ErrorCode.OVERLOADED, "too many revocations are kept already");
        }
        Instant effectiveAt = now.plus(grace);
        var revocation = new Revocation(++lastSerial, target, now, effectiveAt, effectiveAt.plus(memory));
        bySerial.put(revocation.serial(), revocation);
        return revocation;
    }

    List<Revocation> since(long after, int limit) {
        return bySerial.tailMap(after, false).values().stream().limit(limit).toList();
    }

    void clear() {
        bySerial.clear();
    }
}

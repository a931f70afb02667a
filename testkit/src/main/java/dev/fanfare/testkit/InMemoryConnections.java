package dev.fanfare.testkit;

import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionListing;
import dev.fanfare.contract.broker.ConnectionPlace;
import dev.fanfare.contract.broker.ConnectionQuery;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.ConnectionWatch;
import dev.fanfare.contract.broker.ListedConnection;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The connections of the in-memory broker. Confined to its thread.
final class InMemoryConnections {

    private final Clock clock;
    private final Map<String, Instant> leases = new HashMap<>();
    private final Map<String, Reported> reported = new HashMap<>();
    private final TreeMap<Long, ConnectionEnd> ends = new TreeMap<>();

    private static final class Reported {
        private final NavigableMap<ConnectionPlace, OpenConnection> connections = new TreeMap<>();
        private long number;
        private Instant until = Instant.MIN;
    }

    InMemoryConnections(Clock clock) {
        this.clock = clock;
    }

    boolean report(String instance, long number, List<ConnectionChange> changes, Duration lease) {
        reported.values().removeIf(each -> !each.until.isAfter(clock.instant()));
        Reported before = number == 1 ? new Reported() : reported.get(instance);
        if (before == null || number != before.number + 1) {
            return false;
        }
        changes.forEach(change -> {
            ConnectionPlace place = placeOf(instance, change.subject(), change.id());
            switch (change) {
                case ConnectionChange.Opened(OpenConnection connection) -> before.connections.put(place, connection);
                case ConnectionChange.Gone _ -> before.connections.remove(place);
            }
        });
        before.number = number;
        before.until = clock.instant().plus(lease);
        reported.put(instance, before);
        return true;
    }

    private static ConnectionPlace placeOf(String instance, @Nullable String subject, String id) {
        return new ConnectionPlace(instance, subject == null ? "" : subject, id);
    }

    ConnectionWatch watch(String instance, Duration lease, long after) {
        int before = leases.size();
        leases.values().removeIf(until -> !until.isAfter(clock.instant()));
        int swept = before - leases.size();
        leases.put(instance, clock.instant().plus(lease));
        return new ConnectionWatch(swept, List.copyOf(ends.tailMap(after, false).values()));
    }

    boolean leave(String instance) {
        return leases.remove(instance) != null;
    }

    ConnectionEnd end(ConnectionEnd.Kind kind, String value) {
        long now = clock.millis() * 1000;
        ends.headMap(now - ConnectionRegistry.ENDS_KEPT.toMillis() * 1000, true).clear();
        if (ends.size() >= ConnectionRegistry.MAX_ENDS) {
            throw new FanfareException(ErrorCode.OVERLOADED, "too many requests to close connections are under way");
        }
        var end = new ConnectionEnd(ends.isEmpty() ? now : Math.max(now, ends.lastKey() + 1), kind, value);
        ends.put(end.serial(), end);
        return end;
    }

    ConnectionListing list(ConnectionQuery query) {
        NavigableMap<ConnectionPlace, OpenConnection> all = new TreeMap<>();
        reported.forEach((instance, each) -> {
            Instant until = leases.getOrDefault(instance, Instant.MIN);
            if (until.isAfter(clock.instant()) && each.until.isAfter(clock.instant())) {
                all.putAll(each.connections);
            }
        });
        if (query.after() != null) {
            all.headMap(query.after(), true).clear();
        }
        all.values()
                .removeIf(each -> (query.subject() != null && !query.subject().equals(each.subject()))
                        || (query.channel() != null && !each.channels().contains(query.channel())));
        List<ListedConnection> page = all.entrySet().stream()
                .limit(query.limit())
                .map(each -> new ListedConnection(each.getKey().instance(), each.getValue()))
                .toList();
        ConnectionPlace next = all.size() <= page.size()
                ? null
                : all.keySet().stream().skip(page.size() - 1L).findFirst().orElseThrow();
        return new ConnectionListing(page, next);
    }

    void clear() {
        leases.clear();
        reported.clear();
        ends.clear();
    }
}

package dev.fanfare.gateway.registry;

import dev.fanfare.contract.broker.ConnectionChange;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Redis has to be told of connections: of each only the last. Bounded. Any thread.
final class Roll {

    /// From here on nobody adds more of those that are open, which can wait where they are.
    private static final int ROOM = 2_000;
    /// Those that are gone cannot wait. When there are so many, all is told anew.
    private static final int MAX_SIZE = 20_000;

    /// Under which a connection is listed.
    private record Key(@Nullable String subject, String id) {}

    private final Map<Key, ConnectionChange> changes = new LinkedHashMap<>();

    /// Adds `change`, unless there are too many.
    synchronized boolean add(ConnectionChange change) {
        if (changes.size() >= MAX_SIZE) {
            return false;
        }
        changes.put(new Key(change.subject(), change.id()), change);
        return true;
    }

    synchronized boolean hasRoom() {
        return changes.size() < ROOM;
    }

    /// Takes the oldest ones out, at most `limit`.
    synchronized List<ConnectionChange> take(int limit) {
        List<ConnectionChange> taken = new ArrayList<>(Math.min(limit, changes.size()));
        for (Iterator<ConnectionChange> each = changes.values().iterator(); each.hasNext() && taken.size() < limit; ) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }

    synchronized void clear() {
        changes.clear();
    }

    synchronized int size() {
        return changes.size();
    }
}

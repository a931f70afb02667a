package dev.fanfare.gateway.registry;

import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.OpenConnection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Redis has to be told of connections: of each only the last. Bounded. Any thread.
///
/// It is closed at first, and whenever something was left out; then all has to be told anew. Whether it is open and
/// what
/// it holds is one decision: of what is added late nothing may stay that nobody takes back.
final class Roll {

    /// From here on nobody adds more of those that are open, which can wait where they are.
    private static final int ROOM = 2_000;
    /// Those that are gone cannot wait. With one more than so many it closes.
    private static final int MAX_SIZE = 20_000;

    /// What is told at a time: some milliseconds of Redis. A thousand connections of one short channel each have
    /// 200,000; with as many names as are told, sixty do.
    private static final int MAX_CHARACTERS = 256_000;

    /// What a connection has beside its channels, at the most that is usual.
    private static final int CHARACTERS_EACH = 150;

    /// Under which a connection is listed.
    private record Key(@Nullable String subject, String id) {}

    private final Map<Key, ConnectionChange> changes = new LinkedHashMap<>();

    private boolean isOpen;

    /// Takes changes from now on.
    synchronized void open() {
        isOpen = true;
    }

    /// Takes no more until it is opened, and forgets what it holds.
    synchronized void close() {
        isOpen = false;
        changes.clear();
    }

    synchronized boolean isOpen() {
        return isOpen;
    }

    /// Adds `change`; closes when there are too many.
    synchronized void add(ConnectionChange change) {
        if (isOpen && changes.size() < MAX_SIZE) {
            changes.put(new Key(change.subject(), change.id()), change);
        } else {
            close();
        }
    }

    /// Whether more can be told of connections that are open.
    synchronized boolean hasRoom() {
        return isOpen && changes.size() < ROOM;
    }

    /// Takes the oldest ones out, at most `limit`, and no more than can be told at a time.
    synchronized List<ConnectionChange> take(int limit) {
        List<ConnectionChange> taken = new ArrayList<>(Math.min(limit, changes.size()));
        int characters = 0;
        Iterator<ConnectionChange> each = changes.values().iterator();
        while (each.hasNext() && taken.size() < limit && characters < MAX_CHARACTERS) {
            ConnectionChange change = each.next();
            characters += charactersOf(change);
            taken.add(change);
            each.remove();
        }
        return taken;
    }

    private static int charactersOf(ConnectionChange change) {
        return switch (change) {
            case ConnectionChange.Opened(OpenConnection connection) ->
                CHARACTERS_EACH
                        + connection.channels().stream()
                                .mapToInt(channel -> channel.name().length() + 1)
                                .sum();
            case ConnectionChange.Gone _ -> CHARACTERS_EACH;
        };
    }

    synchronized int size() {
        return changes.size();
    }
}

package dev.fanfare.access.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A map that forgets what was not asked for lately, without ever looking at all of it: a young and an old
/// generation, of which the old one goes as a whole. What is asked for becomes young again.
///
/// Safe for use by many threads. Two that meet while a generation ends may get different values for a key; one of them
/// is forgotten.
final class Generations<V> {

    /// Most keys of a generation. Each costs some 200 bytes.
    static final int MAX_SIZE = 50_000;

    private record Pair<V>(Map<String, V> young, Map<String, V> old, long since) {}

    private final long memoryNanos;
    private volatile Pair<V> pair;

    /// @param memoryNanos what was asked for is known for so long at least, and for twice as long at most, but for less
    ///     when more than [#MAX_SIZE] others come
    Generations(long memoryNanos, long now) {
        this.memoryNanos = memoryNanos;
        this.pair = new Pair<>(new ConcurrentHashMap<>(), Map.of(), now);
    }

    /// What is known of `key`.
    @Nullable
    V find(String key, long now) {
        Pair<V> current = current(now);
        V known = current.young().get(key);
        if (known != null) {
            return known;
        }
        V old = current.old().get(key);
        if (old != null) {
            V other = current.young().putIfAbsent(key, old);
            return other == null ? old : other;
        }
        return null;
    }

    /// What is known of `key`, which is what `fresh` gives when nothing is.
    V findOrAdd(String key, long now, Supplier<V> fresh) {
        V known = find(key, now);
        return known == null ? current(now).young().computeIfAbsent(key, _ -> fresh.get()) : known;
    }

    private Pair<V> current(long now) {
        Pair<V> current = pair;
        return isOver(current, now) ? next(now) : current;
    }

    private boolean isOver(Pair<V> current, long now) {
        return now - current.since() >= memoryNanos || current.young().size() >= MAX_SIZE;
    }

    private synchronized Pair<V> next(long now) {
        if (isOver(pair, now)) {
            boolean isLongOver = now - pair.since() >= 2 * memoryNanos;
            pair = new Pair<>(new ConcurrentHashMap<>(), isLongOver ? Map.of() : pair.young(), now);
        }
        return pair;
    }

    /// How many keys are known, some of them perhaps twice.
    int size() {
        Pair<V> current = pair;
        return current.young().size() + current.old().size();
    }
}

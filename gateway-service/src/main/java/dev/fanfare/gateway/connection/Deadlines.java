package dev.fanfare.gateway.connection;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// Things that are overdue a fixed time after they were added, unless they are removed before; nothing is kept of them
/// then. Confined to one thread, and so are the times that it is given, in nanoseconds of [System#nanoTime].
///
/// They all have the same time, so they are due in the order in which they came, and only the first is looked at.
final class Deadlines<T> {

    private final long lengthNanos;

    /// With the time at which each is due.
    private final SequencedMap<T, Long> dueNanos = new LinkedHashMap<>();

    /// @param length from when one is added until it is overdue
    Deadlines(Duration length) {
        lengthNanos = length.toNanos();
    }

    /// One that is there already keeps its time.
    void add(T each, long nowNanos) {
        dueNanos.putIfAbsent(each, nowNanos + lengthNanos);
    }

    void remove(T each) {
        dueNanos.remove(each);
    }

    /// Removes whatever is due by now, one after the other, and does `action` to it. That may add and remove others.
    void forEachOverdue(long nowNanos, Consumer<T> action) {
        Map.Entry<T, Long> first = dueNanos.firstEntry();
        while (first != null && first.getValue() - nowNanos <= 0) {
            dueNanos.remove(first.getKey());
            action.accept(first.getKey());
            first = dueNanos.firstEntry();
        }
    }
}

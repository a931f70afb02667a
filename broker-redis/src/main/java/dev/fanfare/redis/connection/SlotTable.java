package dev.fanfare.redis.connection;

import dev.fanfare.redis.keys.HashSlot;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Slot → node, as Redis said at one moment.
final class SlotTable {

    private final @Nullable String[] nodes = new String[HashSlot.COUNT];

    /// One node serves everything.
    static SlotTable of(String node) {
        var table = new SlotTable();
        table.assign(0, HashSlot.COUNT - 1, node);
        return table;
    }

    /// Enters that `node` serves the slots `from` to `to`, both included.
    void assign(int from, int to, String node) {
        Arrays.fill(nodes, from, to + 1, node);
    }

    /// The node of `slot`; empty when nobody serves it.
    Optional<String> nodeOf(int slot) {
        return Optional.ofNullable(nodes[slot]);
    }
}

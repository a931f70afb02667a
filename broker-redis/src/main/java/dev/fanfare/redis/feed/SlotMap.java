package dev.fanfare.redis.feed;

import dev.fanfare.redis.keys.Partition;
import dev.fanfare.redis.resp.RedisEndpoint;
import dev.fanfare.redis.resp.RespValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which primary carries which partition of a cluster, as one node sees it.
///
/// | component | meaning                                                                    |
/// |-----------|----------------------------------------------------------------------------|
/// | `claims`  | by partition number; a partition whose slot nobody has is missing           |
record SlotMap(Map<Integer, Claim> claims) {

    /// A primary that has a partition. Of two claims the one with the greater configuration epoch is the
    /// newer; a node that has not heard the news makes the older one for others. Source: Redis cluster
    /// specification, "Configuration epoch".
    record Claim(RedisEndpoint primary, long epoch) {}

    /// Tells the slots with the addresses that clients shall use.
    static final List<String> SLOTS = List.of("CLUSTER", "SLOTS");
    /// Tells the configuration epochs.
    static final List<String> NODES = List.of("CLUSTER", "NODES");

    private static final int EPOCH_FIELD = 6;

    SlotMap {
        claims = Map.copyOf(claims);
    }

    /// Reads the replies to CLUSTER SLOTS, `[[first, last, [host, port, id, …], replicas…], …]`, and to
    /// CLUSTER NODES, lines of `id address flags primary ping pong epoch …`.
    ///
    /// @param asked the node that was asked: where an entry has no host, it means this one
    /// @throws IllegalArgumentException if they are something else
    static SlotMap read(RespValue slots, RespValue nodes, RedisEndpoint asked) {
        Map<String, Long> epochs = epochs(nodes.text());
        Map<Integer, Claim> claims = new HashMap<>();
        for (RespValue range : items(slots)) {
            List<RespValue> parts = items(range);
            long first = number(parts, 0);
            long last = number(parts, 1);
            List<RespValue> node = items(parts.get(2));
            var claim = new Claim(
                    endpoint(node, asked), epochs.getOrDefault(node.get(2).text(), 0L));
            for (Partition partition : Partition.all()) {
                if (partition.slot() >= first && partition.slot() <= last) {
                    claims.put(partition.number(), claim);
                }
            }
        }
        return new SlotMap(claims);
    }

    private static Map<String, Long> epochs(String nodes) {
        Map<String, Long> epochs = new HashMap<>();
        for (String line : nodes.lines().toList()) {
            List<String> fields = List.of(line.split(" "));
            if (fields.size() > EPOCH_FIELD) {
                epochs.put(fields.getFirst(), Long.parseLong(fields.get(EPOCH_FIELD)));
            }
        }
        return epochs;
    }

    private static RedisEndpoint endpoint(List<RespValue> node, RedisEndpoint asked) {
        String host =
                node.get(0) instanceof RespValue.Nothing ? "" : node.get(0).text();
        return asked.at(host.isEmpty() ? asked.address().host() : host, Math.toIntExact(number(node, 1)));
    }

    private static List<RespValue> items(RespValue value) {
        if (value instanceof RespValue.Many(List<RespValue> items)) {
            return items;
        }
        throw new IllegalArgumentException("not a reply to CLUSTER SLOTS: " + value.text());
    }

    private static long number(List<RespValue> items, int index) {
        if (index < items.size() && items.get(index) instanceof RespValue.Whole(long number)) {
            return number;
        }
        throw new IllegalArgumentException("not a reply to CLUSTER SLOTS: no number at " + index);
    }
}

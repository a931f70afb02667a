package dev.fanfare.redis.connection;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A Redis cluster. A node is named by its address, `host:port`. Confined to the event loop.
///
/// The table comes from the first node that answers: of those that the last table named, then of those
/// in the configuration.
final class ClusterTopology implements Topology {

    private final Nodes nodes;
    private Set<String> primaries = new LinkedHashSet<>();

    ClusterTopology(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Future<SlotTable> load() {
        Set<String> candidates = new LinkedHashSet<>(primaries);
        candidates.addAll(nodes.configured());
        return loadFrom(List.copyOf(candidates), 0);
    }

    private Future<SlotTable> loadFrom(List<String> candidates, int index) {
        String node = candidates.get(index);
        Future<SlotTable> loaded = nodes.ask(node, connection -> connection.send(Request.cmd(Command.CLUSTER, "SLOTS")))
                .map(reply -> tableOf(reply, node));
        return index + 1 == candidates.size()
                ? loaded
                : loaded.recover(_ -> {
                    // Asked last the next time.
                    primaries.remove(node);
                    return loadFrom(candidates, index + 1);
                });
    }

    private SlotTable tableOf(Response slots, String answeredBy) {
        var table = new SlotTable();
        Set<String> found = new LinkedHashSet<>();
        for (Response range : slots) {
            Response primary = range.get(2);
            Response host = primary.get(0);
            String node = resolved((host == null ? "" : host) + ":" + primary.get(1), answeredBy);
            table.assign(
                    Integer.parseInt(range.get(0).toString()),
                    Integer.parseInt(range.get(1).toString()),
                    node);
            found.add(node);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException(answeredBy + " knows no node that serves slots");
        }
        primaries = found;
        return table;
    }

    /// Redis leaves the host out where it does not know the name under which clients reach it.
    private static String resolved(String address, String answeredBy) {
        return address.startsWith(":") ? answeredBy.substring(0, answeredBy.lastIndexOf(':')) + address : address;
    }

    @Override
    public Future<RedisConnection> connect(String node) {
        return nodes.connect(node);
    }

    @Override
    public void close() {
        nodes.close();
    }
}

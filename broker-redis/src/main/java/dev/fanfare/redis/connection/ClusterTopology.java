package dev.fanfare.redis.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A Redis cluster. A node is named by its address, `host:port`. Confined to the event loop.
///
/// The table comes from the first node that answers: of those that the last table named, then of those
/// in the configuration.
final class ClusterTopology implements Topology {

    private final Vertx vertx;
    private final RedisOptions options;
    private final Duration timeout;
    private final URI template;
    private final List<String> seeds;
    private final Map<String, NodeClient> clients = new HashMap<>();
    private Set<String> primaries = new LinkedHashSet<>();

    ClusterTopology(Vertx vertx, RedisOptions options, Duration timeout) {
        this.vertx = vertx;
        this.options = options;
        this.timeout = timeout;
        List<URI> uris = options.getEndpoints().stream().map(URI::create).toList();
        this.template = uris.getFirst();
        this.seeds = uris.stream().map(ClusterTopology::addressOf).toList();
    }

    private static String addressOf(URI uri) {
        return uri.getHost() + ":" + (uri.getPort() < 0 ? 6379 : uri.getPort());
    }

    @Override
    public Future<SlotTable> load() {
        Set<String> candidates = new LinkedHashSet<>(primaries);
        candidates.addAll(seeds);
        return loadFrom(List.copyOf(candidates), 0);
    }

    private Future<SlotTable> loadFrom(List<String> candidates, int index) {
        String node = candidates.get(index);
        Future<SlotTable> loaded = askSlots(node).map(reply -> tableOf(reply, node));
        return index + 1 == candidates.size()
                ? loaded
                : loaded.recover(_ -> {
                    // Asked last the next time.
                    primaries.remove(node);
                    return loadFrom(candidates, index + 1);
                });
    }

    private Future<Response> askSlots(String node) {
        return connect(node)
                .compose(connection -> connection
                        .send(Request.cmd(Command.CLUSTER, "SLOTS"))
                        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .onComplete(_ -> connection.close().onComplete(_ -> {})));
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
        return clients.computeIfAbsent(node, this::clientFor).connect();
    }

    private NodeClient clientFor(String node) {
        String login = template.getRawUserInfo() == null ? "" : template.getRawUserInfo() + "@";
        String query = template.getRawQuery() == null ? "" : "?" + template.getRawQuery();
        RedisOptions forNode = new RedisOptions(options)
                .setType(RedisClientType.STANDALONE)
                .setEndpoints(List.of(template.getScheme() + "://" + login + node + query));
        return new NodeClient(vertx, forNode, timeout);
    }

    @Override
    public void close() {
        clients.values().forEach(NodeClient::close);
        clients.clear();
    }
}

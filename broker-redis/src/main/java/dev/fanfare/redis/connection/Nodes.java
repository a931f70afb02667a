package dev.fanfare.redis.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The way to each node of an installation that has several. A node is named by its address, `host:port`;
/// scheme, login and query are those of the first address in the configuration. Confined to the event loop.
final class Nodes {

    private static final int DEFAULT_PORT = 6379;

    private final Vertx vertx;
    private final RedisOptions options;
    private final Duration timeout;
    private final URI template;
    private final List<String> configured;
    private final Map<String, NodeClient> clients = new HashMap<>();

    /// @param timeout for one attempt to open a connection
    Nodes(Vertx vertx, RedisOptions options, Duration timeout) {
        this.vertx = vertx;
        this.options = options;
        this.timeout = timeout;
        List<URI> uris = options.getEndpoints().stream().map(URI::create).toList();
        this.template = uris.getFirst();
        this.configured = uris.stream().map(Nodes::addressOf).toList();
    }

    private static String addressOf(URI uri) {
        return uri.getHost() + ":" + (uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    /// Those that the configuration names.
    List<String> configured() {
        return configured;
    }

    /// Opens a connection. Always completes in the end.
    Future<RedisConnection> connect(String node) {
        return clients.computeIfAbsent(node, this::clientFor).connect();
    }

    /// Asks over a connection that is opened for `questions`. Always completes in the end.
    <T> Future<T> ask(String node, Function<RedisConnection, Future<T>> questions) {
        return connect(node)
                .compose(connection -> questions
                        .apply(connection)
                        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                        .onSuccess(_ -> connection.close().onComplete(_ -> {}))
                        // It may be dead, and would wait in the pool for the next.
                        .onFailure(_ -> NodeClient.discard(connection)));
    }

    private NodeClient clientFor(String node) {
        String login = template.getRawUserInfo() == null ? "" : template.getRawUserInfo() + "@";
        String query = template.getRawQuery() == null ? "" : "?" + template.getRawQuery();
        RedisOptions forNode = new RedisOptions(options)
                .setType(RedisClientType.STANDALONE)
                .setEndpoints(List.of(template.getScheme() + "://" + login + node + query));
        return new NodeClient(vertx, forNode, timeout);
    }

    void close() {
        clients.values().forEach(NodeClient::close);
        clients.clear();
    }
}

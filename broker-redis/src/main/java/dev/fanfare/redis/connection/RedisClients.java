package dev.fanfare.redis.connection;

import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;

/// How Redis is reached: the options of the Vert.x client, as Quarkus made them of `quarkus.redis.*`.
///
/// The client type decides: `standalone` and `sentinel` have one primary, `cluster` several.
public record RedisClients(Vertx vertx, RedisOptions options) {

    /// Connections that a client may hold: one for each lane, and as many again that are being
    /// replaced.
    private static final int POOL_SIZE = 4;

    /// @param timeout for one attempt to open a connection
    Topology topology(Duration timeout) {
        RedisOptions ours = new RedisOptions(options)
                .setMaxWaitingHandlers(Lane.MAX_SENT * 2 + 64)
                .setMaxPoolSize(POOL_SIZE)
                .setMaxPoolWaiting(POOL_SIZE * 4);
        return switch (ours.getType()) {
            case STANDALONE, REPLICATION -> new SingleTopology(new NodeClient(vertx, ours, timeout));
            case SENTINEL -> new SentinelTopology(new Nodes(vertx, ours, timeout), ours.getMasterName());
            case CLUSTER -> new ClusterTopology(new Nodes(vertx, ours, timeout));
        };
    }
}

package dev.fanfare.redis.connection;

import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;

/// Which node of an installation serves which slot, and the way to a node. Confined to the event loop.
interface Topology {

    /// Asks Redis anew who serves what. Always completes in the end.
    Future<SlotTable> load();

    /// Whether the table may change although every node goes on to answer, so that it must be asked for
    /// regularly.
    default boolean canMoveUnnoticed() {
        return false;
    }

    /// Opens a connection to `node`, which a [SlotTable] or a redirection named. Always completes
    /// in the end.
    Future<RedisConnection> connect(String node);

    /// Closes all connections.
    void close();
}

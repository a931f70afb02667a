package dev.fanfare.redis.connection;

import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;

/// A single Redis, which serves everything.
final class SingleTopology implements Topology {

    private static final String NODE = "primary";
    private static final SlotTable TABLE = SlotTable.of(NODE);

    private final NodeClient client;

    SingleTopology(NodeClient client) {
        this.client = client;
    }

    @Override
    public Future<SlotTable> load() {
        return Future.succeededFuture(TABLE);
    }

    @Override
    public Future<RedisConnection> connect(String node) {
        return client.connect();
    }

    @Override
    public void close() {
        client.close();
    }
}

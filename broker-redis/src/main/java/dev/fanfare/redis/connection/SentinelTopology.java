package dev.fanfare.redis.connection;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The primary that the Sentinels name. Confined to the event loop.
///
/// All are asked and the newest configuration is believed: a Sentinel that was cut off, or has not heard of a
/// failover yet, goes on to name the old primary, which takes writes until it is told, and loses them. Source:
/// Redis Sentinel documentation, "Configuration epochs".
final class SentinelTopology implements Topology {

    private record Configuration(long epoch, String primary) {}

    private final Nodes nodes;
    private final String masterName;

    /// @param nodes the Sentinels' own addresses are those of the configuration
    SentinelTopology(Nodes nodes, String masterName) {
        this.nodes = nodes;
        this.masterName = masterName;
    }

    @Override
    public Future<SlotTable> load() {
        List<Future<Configuration>> answers = nodes.configured().stream()
                .map(sentinel -> nodes.ask(sentinel, this::configuration))
                .toList();
        return Future.join(answers).transform(_ -> newest(answers));
    }

    @Override
    public boolean canMoveUnnoticed() {
        return true;
    }

    /// The epoch first: one that is too old for the address only counts less. While the Sentinels fail over,
    /// `SENTINEL MASTER` has the new epoch and still the old address.
    private Future<Configuration> configuration(RedisConnection sentinel) {
        return sentinel.send(Request.cmd(Command.SENTINEL, "MASTER", masterName))
                .compose(master -> sentinel.send(Request.cmd(Command.SENTINEL, "GET-MASTER-ADDR-BY-NAME", masterName))
                        .map(address -> read(master, address)));
    }

    private Configuration read(@Nullable Response master, @Nullable Response address) {
        if (master == null || address == null) {
            throw new IllegalStateException("the Sentinels know no primary named " + masterName);
        }
        long epoch = Long.parseLong(String.valueOf(master.get("config-epoch")));
        return new Configuration(epoch, address.get(0) + ":" + address.get(1));
    }

    private static Future<SlotTable> newest(List<Future<Configuration>> answers) {
        return answers.stream()
                .filter(Future::succeeded)
                .map(Future::result)
                .max(Comparator.comparingLong(Configuration::epoch))
                .map(newest -> Future.succeededFuture(SlotTable.of(newest.primary())))
                .orElseGet(() -> Future.failedFuture(answers.getFirst().cause()));
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

package dev.fanfare.redis.connection;

import dev.fanfare.redis.sentinel.SentinelAnswer;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The primary that the Sentinels name; [SentinelAnswer] says which of them to believe. Confined to the event
/// loop.
final class SentinelTopology implements Topology {

    private final Nodes nodes;
    private final String masterName;

    /// @param nodes the configured ones are the Sentinels
    SentinelTopology(Nodes nodes, String masterName) {
        this.nodes = nodes;
        this.masterName = masterName;
    }

    @Override
    public Future<SlotTable> load() {
        List<Future<SentinelAnswer>> answers = nodes.configured().stream()
                .map(sentinel -> nodes.ask(sentinel, this::ask))
                .toList();
        return SentinelAnswer.newest(answers).map(newest -> SlotTable.of(newest.host() + ":" + newest.port()));
    }

    @Override
    public boolean canMoveUnnoticed() {
        return true;
    }

    private Future<SentinelAnswer> ask(RedisConnection sentinel) {
        return sentinel.send(Request.cmd(Command.SENTINEL, "MASTER", masterName))
                .compose(master -> sentinel.send(Request.cmd(Command.SENTINEL, "GET-MASTER-ADDR-BY-NAME", masterName))
                        .map(address -> read(master, address)));
    }

    private SentinelAnswer read(@Nullable Response master, @Nullable Response address) {
        if (master == null || address == null) {
            throw new IllegalStateException("the Sentinels know no primary named " + masterName);
        }
        return new SentinelAnswer(
                Long.parseLong(String.valueOf(master.get("config-epoch"))),
                String.valueOf(address.get(0)),
                Integer.parseInt(String.valueOf(address.get(1))));
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

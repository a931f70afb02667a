package dev.fanfare.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Redis cluster of local processes: three primaries with evenly spread slots, each with the same
/// number of replicas. It notices a dead node after half a second.
///
/// Nodes are numbered: the primaries 0 to 2, then the replicas, of which node `3 + i` follows primary
/// `i mod 3`. Numbers stay with their processes when roles change.
public final class RedisCluster extends ClassResource {

    private static final int PRIMARIES = 3;
    private static final int SLOTS = 16_384;
    private static final Duration FORMED_WITHIN = Duration.ofSeconds(30);

    private final int replicasEach;
    private final boolean isLinked;
    private final List<RedisNode> nodes = new ArrayList<>();

    /// Clients reach the nodes directly.
    ///
    /// @param replicasEach replicas of each primary, from 0
    public RedisCluster(int replicasEach) {
        this(replicasEach, false);
    }

    private RedisCluster(int replicasEach, boolean isLinked) {
        this.replicasEach = replicasEach;
        this.isLinked = isLinked;
    }

    /// Clients and replicas reach each node over a [#link] that can be made bad. Not so the nodes each other:
    /// whatever the links do, no node is taken for dead.
    ///
    /// @param replicasEach replicas of each primary, from 0
    public static RedisCluster linked(int replicasEach) {
        return new RedisCluster(replicasEach, true);
    }

    /// Starts the nodes and waits until all of them agree on who serves what.
    @Override
    public RedisCluster start() {
        for (int i = 0; i < PRIMARIES * (1 + replicasEach); i++) {
            startNode();
        }
        form();
        return this;
    }

    private RedisNode startNode() {
        LocalRedis server = LocalRedis.create(
                RedisOptions.defaults().withCluster(),
                List.of(
                        "cluster-node-timeout 500",
                        "cluster-require-full-coverage no",
                        "cluster-allow-replica-migration no",
                        "repl-diskless-sync-delay 0"));
        RedisNode node = isLinked ? RedisNode.linked(server, "cluster-announce-port") : RedisNode.direct(server);
        nodes.add(node);
        node.server().startAndAwait();
        return node;
    }

    private void form() {
        for (int i = 0; i < nodes.size(); i++) {
            execute(i, "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (int i = 0; i < PRIMARIES; i++) {
            int from = SLOTS * i / PRIMARIES;
            int to = SLOTS * (i + 1) / PRIMARIES - 1;
            execute(i, "CLUSTER", "ADDSLOTSRANGE", Integer.toString(from), Integer.toString(to));
        }
        nodes.subList(1, nodes.size()).forEach(this::introduce);
        awaitAcquaintance();
        for (int i = PRIMARIES; i < nodes.size(); i++) {
            execute(i, "CLUSTER", "REPLICATE", idOf(i % PRIMARIES));
        }
        awaitReady();
    }

    private void introduce(RedisNode node) {
        String bus = String.valueOf(((List<?>) known(node.server().execute("CONFIG", "GET", "cluster-port"))).get(1));
        execute(0, "CLUSTER", "MEET", node.address(), Integer.toString(node.port()), bus);
    }

    private void awaitAcquaintance() {
        Waiting.until(
                "all nodes know each other",
                FORMED_WITHIN,
                () -> nodes.stream()
                        .allMatch(node -> clusterInfo(node.server()).contains("cluster_known_nodes:" + nodes.size())));
    }

    /// Starts one more primary, without slots, and returns its number.
    public int addPrimary() {
        introduce(startNode());
        awaitAcquaintance();
        return nodes.size() - 1;
    }

    /// Makes a replica the primary in an orderly way, and its primary its replica.
    public void failOver(int replica) {
        execute(replica, "CLUSTER", "FAILOVER");
        Waiting.until(
                "node " + replica + " is a primary",
                FORMED_WITHIN,
                () -> String.valueOf(execute(replica, "ROLE")).startsWith("[master"));
    }

    /// Waits until every running node finds all slots served and every primary has its replicas.
    public void awaitReady() {
        Waiting.until(
                "the cluster is ready",
                FORMED_WITHIN,
                () -> IntStream.range(0, nodes.size())
                        .allMatch(i ->
                                clusterInfo(nodes.get(i).server()).contains("cluster_state:ok") && isSynchronised(i)));
    }

    private boolean isSynchronised(int node) {
        String info = String.valueOf(execute(node, "INFO", "replication"));
        return info.contains("role:master")
                ? info.contains("connected_slaves:" + replicasEach)
                : info.contains("master_link_status:up");
    }

    private static String clusterInfo(LocalRedis node) {
        String info = String.valueOf(node.execute("CLUSTER", "INFO"));
        return info.replace("\r\n", ",");
    }

    private static Object known(@Nullable Object reply) {
        if (reply == null) {
            throw new IllegalStateException("Redis replied nothing");
        }
        return reply;
    }

    /// The addresses of all nodes, `redis://127.0.0.1:<port>`.
    public List<String> uris() {
        return nodes.stream().map(RedisNode::uri).toList();
    }

    /// The only way to a node but for its neighbours and [#execute], of nodes that are [#linked].
    public TcpProxy link(int node) {
        return nodes.get(node).requireLink();
    }

    /// Runs one command on a node.
    public @Nullable Object execute(int node, String... command) {
        return nodes.get(node).server().execute(command);
    }

    /// Runs one command on every node that is a primary.
    public void executeOnPrimaries(String... command) {
        for (int i = 0; i < nodes.size(); i++) {
            if (String.valueOf(execute(i, "ROLE")).startsWith("[master")) {
                execute(i, command);
            }
        }
    }

    /// The number of the primary that serves `slot`, as the first running node knows it; -1 for none.
    public int primaryOf(int slot) {
        for (Object each : (List<?>) known(firstRunning().execute("CLUSTER", "SLOTS"))) {
            List<?> range = (List<?>) each;
            if ((long) range.get(0) <= slot && slot <= (long) range.get(1)) {
                return portNumber(((List<?>) range.get(2)).get(1));
            }
        }
        return -1;
    }

    /// The running nodes that serve slots, as the first running one knows them.
    public List<Integer> primaries() {
        return primariesKnownTo(firstRunning()).stream()
                .filter(node -> node >= 0 && nodes.get(node).server().isRunning())
                .toList();
    }

    /// The node that follows `primary`.
    ///
    /// @throws IllegalStateException when none does
    public int replicaOf(int primary) {
        String port = ", " + nodes.get(primary).port() + ", connected,";
        return IntStream.range(0, nodes.size())
                .filter(i -> nodes.get(i).server().isRunning())
                .filter(i -> String.valueOf(execute(i, "ROLE")).contains(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing follows node " + primary));
    }

    /// Waits until all running nodes know that `node` serves nothing any more.
    public void awaitTakeover(int node) {
        Waiting.until(
                "another node took over from node " + node,
                FORMED_WITHIN,
                () -> running().noneMatch(each -> primariesKnownTo(each).contains(node)));
    }

    private List<Integer> primariesKnownTo(LocalRedis node) {
        List<?> ranges = (List<?>) known(node.execute("CLUSTER", "SLOTS"));
        return ranges.stream()
                .map(range -> portNumber(((List<?>) ((List<?>) range).get(2)).get(1)))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<LocalRedis> running() {
        return nodes.stream().map(RedisNode::server).filter(LocalRedis::isRunning);
    }

    private LocalRedis firstRunning() {
        return running().findFirst().orElseThrow();
    }

    private int portNumber(Object port) {
        return IntStream.range(0, nodes.size())
                .filter(i -> nodes.get(i).port() == (long) port)
                .findFirst()
                .orElse(-1);
    }

    /// Moves `slot` and its keys from one primary to another, as `redis-cli --cluster reshard` does.
    public void moveSlot(int slot, int from, int to) {
        beginMove(slot, from, to);
        finishMove(slot, from, to);
    }

    /// Begins to move `slot`: from now on both nodes redirect.
    public void beginMove(int slot, int from, int to) {
        execute(to, "CLUSTER", "SETSLOT", Integer.toString(slot), "IMPORTING", idOf(from));
        execute(from, "CLUSTER", "SETSLOT", Integer.toString(slot), "MIGRATING", idOf(to));
    }

    /// Moves the keys and tells all primaries.
    public void finishMove(int slot, int from, int to) {
        LocalRedis target = nodes.get(to).server();
        List<?> keys = keysIn(slot, from);
        while (!keys.isEmpty()) {
            for (Object key : keys) {
                String port = Integer.toString(target.port());
                execute(from, "MIGRATE", target.address(), port, String.valueOf(key), "0", "5000");
            }
            keys = keysIn(slot, from);
        }
        for (int node : List.of(to, from)) {
            execute(node, "CLUSTER", "SETSLOT", Integer.toString(slot), "NODE", idOf(to));
        }
    }

    private List<?> keysIn(int slot, int node) {
        return (List<?>) known(execute(node, "CLUSTER", "GETKEYSINSLOT", Integer.toString(slot), "1000"));
    }

    private String idOf(int node) {
        return String.valueOf(execute(node, "CLUSTER", "MYID"));
    }

    /// Ends a node as a power cut would.
    public void kill(int node) {
        nodes.get(node).server().kill();
    }

    /// Starts a node again, which remembers its place but not its data.
    public void restart(int node) {
        nodes.get(node).server().startAndAwait();
    }

    public void pause(int node) {
        nodes.get(node).server().pause();
    }

    public void resume(int node) {
        nodes.get(node).server().resume();
    }

    /// Number of nodes.
    public int size() {
        return nodes.size();
    }

    @Override
    public void close() {
        nodes.forEach(RedisNode::close);
        nodes.clear();
    }
}

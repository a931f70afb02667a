package dev.fanfare.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A primary, a replica and three Sentinels that watch them, as local processes.
///
/// The two servers are numbered 0 and 1; at first 0 is the primary. A dead primary is noticed after half
/// a second.
public final class RedisSentinel extends ClassResource {

    /// What the Sentinels call the primary.
    public static final String MASTER_NAME = "fanfare";

    private static final int SENTINELS = 3;
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final boolean isLinked;
    private final List<RedisNode> servers = new ArrayList<>();
    private final List<LocalRedis> sentinels = new ArrayList<>();

    /// Clients reach the servers directly.
    public RedisSentinel() {
        this(false);
    }

    private RedisSentinel(boolean isLinked) {
        this.isLinked = isLinked;
    }

    /// Clients, Sentinels and the replica reach each server over a [#link] that can be made bad. Only commands of
    /// this class go to the servers themselves.
    public static RedisSentinel linked() {
        return new RedisSentinel(true);
    }

    /// Starts all and waits until the Sentinels know each other and the replica.
    @Override
    public RedisSentinel start() {
        RedisNode primary = server(List.of());
        RedisNode replica = server(List.of("replicaof " + primary.address() + " " + primary.port()));
        servers.addAll(List.of(primary, replica));
        servers.forEach(each -> each.server().startAndAwait());
        for (int i = 0; i < SENTINELS; i++) {
            LocalRedis sentinel = LocalRedis.createSentinel(List.of(
                    "sentinel monitor " + MASTER_NAME + " " + primary.address() + " " + primary.port() + " 2",
                    "sentinel down-after-milliseconds " + MASTER_NAME + " " + deadAfterMillis(),
                    "sentinel failover-timeout " + MASTER_NAME + " 3000"));
            sentinels.add(sentinel);
            sentinel.startAndAwait();
        }
        awaitReady();
        return this;
    }

    /// Over links that the test slows down on purpose a primary may answer late without being dead.
    private int deadAfterMillis() {
        return isLinked ? 1500 : 500;
    }

    private RedisNode server(List<String> further) {
        LocalRedis server = LocalRedis.create(RedisOptions.defaults(), List.of("repl-diskless-sync-delay 0"))
                .with(further);
        return isLinked ? RedisNode.linked(server, "replica-announce-port") : RedisNode.direct(server);
    }

    /// Waits until both servers run, one follows the other, and every Sentinel knows all.
    public void awaitReady() {
        Waiting.until(
                "Sentinel is ready",
                READY_WITHIN,
                () -> sentinels.stream().allMatch(this::knowsAll)
                        && replication(1 - primary()).contains("master_link_status:up")
                        && replication(primary()).contains("connected_slaves:1"));
    }

    private String replication(int server) {
        return String.valueOf(execute(server, "INFO", "replication"));
    }

    private boolean knowsAll(LocalRedis sentinel) {
        String masters = String.valueOf(sentinel.execute("SENTINEL", "MASTERS"));
        return masters.contains("num-slaves, 1,")
                && masters.contains("num-other-sentinels, 2,")
                && masters.contains("flags, master,");
    }

    /// The addresses of the Sentinels, `redis://127.0.0.1:<port>`.
    public List<String> uris() {
        return sentinels.stream()
                .map(sentinel -> "redis://" + sentinel.address() + ":" + sentinel.port())
                .toList();
    }

    /// A number that changes with every failover.
    public String configEpoch() {
        String masters = String.valueOf(sentinels.getFirst().execute("SENTINEL", "MASTERS"));
        return masters.replaceFirst(".*config-epoch, (\\d+).*", "$1");
    }

    /// The number of the server that the Sentinels call the primary.
    public int primary() {
        String address =
                String.valueOf(sentinels.getFirst().execute("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME));
        return address.equals("[127.0.0.1, " + servers.getFirst().port() + "]") ? 0 : 1;
    }

    /// The only way to a server but for [#execute], of servers that are [#linked].
    public TcpProxy link(int server) {
        return servers.get(server).requireLink();
    }

    /// Runs one command on a server.
    public @Nullable Object execute(int server, String... command) {
        return servers.get(server).server().execute(command);
    }

    /// Has the Sentinels make the replica the primary, and waits until they have.
    public void failOver() {
        int before = primary();
        sentinels.getFirst().execute("SENTINEL", "FAILOVER", MASTER_NAME);
        awaitPrimary(1 - before);
    }

    /// Waits until the Sentinels call `server` the primary.
    public void awaitPrimary(int server) {
        Waiting.until("server " + server + " is the primary", READY_WITHIN, () -> primary() == server);
    }

    /// Ends a server as a power cut would.
    public void kill(int server) {
        servers.get(server).server().kill();
    }

    public void restart(int server) {
        servers.get(server).server().startAndAwait();
    }

    public void pause(int server) {
        servers.get(server).server().pause();
    }

    public void resume(int server) {
        servers.get(server).server().resume();
    }

    /// Freezes a Sentinel, 0 to 2.
    public void pauseSentinel(int sentinel) {
        sentinels.get(sentinel).pause();
    }

    public void resumeSentinel(int sentinel) {
        sentinels.get(sentinel).resume();
    }

    @Override
    public void close() {
        sentinels.forEach(LocalRedis::close);
        servers.forEach(RedisNode::close);
        sentinels.clear();
        servers.clear();
    }
}

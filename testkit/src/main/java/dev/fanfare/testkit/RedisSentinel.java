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

    private final List<LocalRedis> servers = new ArrayList<>();
    private final List<LocalRedis> sentinels = new ArrayList<>();

    /// Starts all and waits until the Sentinels know each other and the replica.
    @Override
    public RedisSentinel start() {
        LocalRedis primary = LocalRedis.create(RedisOptions.defaults(), List.of("repl-diskless-sync-delay 0"));
        LocalRedis replica = LocalRedis.create(
                RedisOptions.defaults(),
                List.of("repl-diskless-sync-delay 0", "replicaof " + primary.address() + " " + primary.port()));
        servers.addAll(List.of(primary, replica));
        servers.forEach(LocalRedis::startAndAwait);
        for (int i = 0; i < SENTINELS; i++) {
            LocalRedis sentinel = LocalRedis.createSentinel(List.of(
                    "sentinel monitor " + MASTER_NAME + " " + primary.address() + " " + primary.port() + " 2",
                    "sentinel down-after-milliseconds " + MASTER_NAME + " 500",
                    "sentinel failover-timeout " + MASTER_NAME + " 3000"));
            sentinels.add(sentinel);
            sentinel.startAndAwait();
        }
        awaitReady();
        return this;
    }

    /// Waits until both servers run, one follows the other, and every Sentinel knows all.
    public void awaitReady() {
        Waiting.until(
                "Sentinel is ready",
                READY_WITHIN,
                () -> sentinels.stream().allMatch(this::knowsAll)
                        && String.valueOf(execute(1 - primary(), "INFO", "replication"))
                                .contains("master_link_status:up"));
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

    /// The number of the server that the Sentinels call the primary.
    public int primary() {
        String address =
                String.valueOf(sentinels.getFirst().execute("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME));
        return address.equals("[127.0.0.1, " + servers.getFirst().port() + "]") ? 0 : 1;
    }

    /// Runs one command on a server.
    public @Nullable Object execute(int server, String... command) {
        return servers.get(server).execute(command);
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
        servers.get(server).kill();
    }

    public void restart(int server) {
        servers.get(server).startAndAwait();
    }

    public void pause(int server) {
        servers.get(server).pause();
    }

    public void resume(int server) {
        servers.get(server).resume();
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
        servers.forEach(LocalRedis::close);
        sentinels.clear();
        servers.clear();
    }
}

package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A server that can be measured.
public enum Peer {
    GATEWAY_JVM("gateway-jvm", "our gateway, JVM"),
    GATEWAY_NATIVE("gateway-native", "our gateway, native"),
    TUTORIAL("tutorial", "tutorial (ws + ioredis)"),
    SOCKET_IO("socketio", "Socket.IO + Redis adapter"),
    NCHAN("nchan", "Nchan (nginx)"),
    NATS("nats", "NATS WebSocket");

    /// How a kind of server is started.
    interface Recipe {

        /// Why it cannot be started here and what helps; empty when it can.
        Optional<String> absence();

        /// Command line and environment. Listens on `port` of the loopback interface.
        Launch launch(int port, PublisherOnRedis redis);

        /// How to reach it.
        Target target(int port, PublisherOnRedis redis);
    }

    private final String id;
    private final String title;

    Peer(String id, String title) {
        this.id = id;
        this.title = title;
    }

    private Recipe recipe() {
        return switch (this) {
            case GATEWAY_JVM -> new Gateway.OnJvm();
            case GATEWAY_NATIVE -> new Gateway.Native();
            case TUTORIAL -> new NodeServer.Tutorial();
            case SOCKET_IO -> new NodeServer.SocketIo();
            case NCHAN -> new Nchan();
            case NATS -> new Nats();
        };
    }

    /// Its name on the command line.
    public String id() {
        return id;
    }

    /// Its row in a report.
    public String title() {
        return title;
    }

    /// Why it cannot be measured here and what helps; empty when it can.
    public Optional<String> absence() {
        return recipe().absence();
    }

    /// Connections that its process holds, to clients and to Redis.
    public int connectionsOf(int clients, int channels) {
        return this == TUTORIAL ? clients + channels : clients;
    }

    /// Starts it and waits until it answers.
    ///
    /// @param redis what it talks through, if it talks through Redis
    public RunningPeer start(PublisherOnRedis redis) {
        return RunningPeer.start(this, recipe(), redis);
    }

    /// The ids of all.
    public static String ids() {
        return Arrays.stream(values()).map(Peer::id).collect(Collectors.joining(","));
    }

    /// That of our gateways that `id` names.
    ///
    /// @throws IllegalArgumentException if it names another server
    public static Peer gateway(String id) {
        return parse(id).stream()
                .filter(peer -> peer == GATEWAY_JVM || peer == GATEWAY_NATIVE)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--peer takes gateway-jvm or gateway-native, not " + id));
    }

    /// Those that `commaSeparated` names.
    ///
    /// @throws IllegalArgumentException if it names another
    public static List<Peer> parse(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(",", -1))
                .map(Peer::ofId)
                .distinct()
                .toList();
    }

    private static Peer ofId(String id) {
        return Arrays.stream(values())
                .filter(peer -> peer.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no server \"" + id + "\"; --peers takes some of " + ids()));
    }
}

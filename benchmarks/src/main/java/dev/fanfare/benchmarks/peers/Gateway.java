package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.load.Dialect;
import dev.fanfare.benchmarks.load.PublisherKind;
import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Our gateway, as it is packaged. Its limit of handshakes is raised, because no other server has one and
/// all clients come at once, and strangers may do everything; nothing else is set.
final class Gateway {

    private static final Packaged PACKAGED = new Packaged("gateway-service", "the gateway");
    private static final String ALL_AT_ONCE = "1000000";
    private static final String READY = "/q/health/ready";

    private Gateway() {}

    private static Launch launch(List<String> command, int port, PublisherOnRedis redis) {
        Map<String, String> environment = Map.of(
                "FANFARE_ACCESS_ANONYMOUS",
                Packaged.EVERYTHING,
                "GATEWAY_PORT",
                String.valueOf(port),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "FANFARE_REDIS",
                redis.redis().uri().toString(),
                "FANFARE_GATEWAY_HANDSHAKE_MAX_PER_SECOND",
                ALL_AT_ONCE,
                "FANFARE_GATEWAY_HANDSHAKE_BURST",
                ALL_AT_ONCE,
                "FANFARE_GATEWAY_HANDSHAKE_MAX_LOOP_LAG",
                "1M");
        return new Launch(command, environment, READY);
    }

    private static Target target(int port, PublisherOnRedis redis) {
        return new Target(port, new Json(), new PublisherKind.Script(redis));
    }

    /// The protocol of `/ws`.
    private static final class Json implements Dialect {

        @Override
        public String path(String channel) {
            return "/ws";
        }

        @Override
        public String opening(String channel) {
            return "{\"action\":\"subscribe\",\"channel\":\"" + channel + "\"}";
        }
    }

    /// The jar.
    static final class OnJvm implements Peer.Recipe {

        @Override
        public Optional<String> absence() {
            return PACKAGED.absenceOfJar();
        }

        @Override
        public Launch launch(int port, PublisherOnRedis redis) {
            return Gateway.launch(PACKAGED.onJvm(), port, redis);
        }

        @Override
        public Target target(int port, PublisherOnRedis redis) {
            return Gateway.target(port, redis);
        }
    }

    /// The native executable.
    static final class Native implements Peer.Recipe {

        @Override
        public Optional<String> absence() {
            return PACKAGED.absenceOfExecutable();
        }

        @Override
        public Launch launch(int port, PublisherOnRedis redis) {
            return Gateway.launch(PACKAGED.nativeExecutable(), port, redis);
        }

        @Override
        public Target target(int port, PublisherOnRedis redis) {
            return Gateway.target(port, redis);
        }
    }
}

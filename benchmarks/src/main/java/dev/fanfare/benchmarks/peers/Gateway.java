package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.load.Dialect;
import dev.fanfare.benchmarks.load.PublisherKind;
import dev.fanfare.benchmarks.load.Target;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Our gateway, as it is packaged. Its limit of handshakes is raised, because no other server has one and
/// all clients come at once; nothing else is set.
final class Gateway {

    private static final Path BUILT = Path.of("gateway-service", "target");
    private static final String ALL_AT_ONCE = "1000000";
    private static final String READY = "/q/health/ready";

    private Gateway() {}

    private static Launch launch(List<String> command, int port, PublisherOnRedis redis) {
        Map<String, String> environment = Map.of(
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

    /// The jar, with the JVM's defaults but for compact object headers.
    static final class OnJvm implements Peer.Recipe {

        private static final Path JAR = BUILT.resolve("quarkus-app").resolve("quarkus-run.jar");

        @Override
        public Optional<String> absence() {
            return Files.exists(JAR) ? Optional.empty() : Optional.of("the gateway is not built: run ./dev build");
        }

        @Override
        public Launch launch(int port, PublisherOnRedis redis) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            return Gateway.launch(
                    List.of(
                            java,
                            "-XX:+UseCompactObjectHeaders",
                            "-jar",
                            JAR.toAbsolutePath().toString()),
                    port,
                    redis);
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
            return executable().isPresent()
                    ? Optional.empty()
                    : Optional.of("the native executable is not built: run ./dev native gateway-service");
        }

        private static Optional<Path> executable() {
            if (!Files.isDirectory(BUILT)) {
                return Optional.empty();
            }
            try (Stream<Path> files = Files.list(BUILT)) {
                return files.filter(file -> file.getFileName().toString().endsWith("-runner"))
                        .findFirst();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Launch launch(int port, PublisherOnRedis redis) {
            String program = executable().orElseThrow().toAbsolutePath().toString();
            return Gateway.launch(List.of(program), port, redis);
        }

        @Override
        public Target target(int port, PublisherOnRedis redis) {
            return Gateway.target(port, redis);
        }
    }
}

package dev.fanfare.benchmarks.peers;

import dev.fanfare.testkit.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// HAProxy of the Debian release, before gateways of which some may not be there yet: it asks each for its readiness
/// once a second, as Kubernetes does.
public final class HaProxy {

    /// How it chooses where a connection goes.
    public enum Balance {
        /// To whom has the fewest.
        LEASTCONN("leastconn"),
        /// By chance alone; HAProxy's `random` without a number takes the better of two.
        RANDOM("random(1)");

        private final String directive;

        Balance(String directive) {
            this.directive = directive;
        }

        /// As it is written in the configuration.
        public String directive() {
            return directive;
        }
    }

    private static final Path PROGRAM = Cache.debian("usr/sbin/haproxy");
    private static final Path LIBRARIES = Cache.debian("usr/lib");
    private static final String LIBRARY = "liblua5.3.so.0";

    private static final String CONFIGURATION = """
            global
              maxconn 9500
            defaults
              mode http
              retries 3
              option redispatch
              timeout connect 5s
              timeout client 1m
              timeout server 1m
              timeout tunnel 1h
            frontend clients
              bind 127.0.0.1:PORT backlog 4096
              default_backend gateways
            backend gateways
              balance BALANCE
              option httpchk GET /q/health/ready
              default-server check inter 1s fall 1 rise 1
            """;

    private HaProxy() {}

    /// Starts it before gateways that listen on `ports`.
    ///
    /// @throws IllegalStateException with a remedy if it is not there
    public static RunningServer start(Balance balance, List<Integer> ports) {
        Cache.absence("haproxy", PROGRAM).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        int port = FreePorts.next();
        String servers = IntStream.range(0, ports.size())
                .mapToObj(i -> "  server gateway-%d 127.0.0.1:%d\n".formatted(i + 1, ports.get(i)))
                .collect(Collectors.joining());
        Path file = Cache.configuration(
                "haproxy.cfg",
                CONFIGURATION.replace("PORT", String.valueOf(port)).replace("BALANCE", balance.directive()) + servers);
        var launch = new Launch(
                List.of(PROGRAM.toString(), "-db", "-f", file.toString()),
                Map.of("LD_LIBRARY_PATH", libraries().toString()),
                null);
        return RunningServer.start("haproxy", "HAProxy", port, launch);
    }

    /// The folder has the name of the machine's architecture.
    private static Path libraries() {
        try (Stream<Path> folders = Files.list(LIBRARIES)) {
            return folders.filter(folder -> Files.exists(folder.resolve(LIBRARY)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(LIBRARY + " is not installed: " + Cache.REMEDY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

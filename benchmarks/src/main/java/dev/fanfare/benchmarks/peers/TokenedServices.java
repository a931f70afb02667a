package dev.fanfare.benchmarks.peers;

import dev.fanfare.testkit.FreePorts;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Our services where strangers may do nothing: their one issuer of tokens is the benchmark.
public final class TokenedServices {

    private static final String ALL_AT_ONCE = "1000000";
    private static final String ISSUER = "fanfare.access.issuers.bench.";

    private final RedisServer redis;
    private final Tokens tokens;
    private final Path secret;

    /// @param redis which all of them use
    public TokenedServices(RedisServer redis, Tokens tokens) {
        this.redis = redis;
        this.tokens = tokens;
        this.secret = tokens.secretFile();
    }

    /// Starts a gateway, as it is packaged, and waits until it is ready. Its limit of handshakes is raised.
    ///
    /// @param number tells them apart
    public RunningServer gateway(int number) {
        return start(
                new Packaged("gateway-service", "the gateway"),
                number,
                Map.of(
                        "fanfare.gateway.handshake.max-per-second", ALL_AT_ONCE,
                        "fanfare.gateway.handshake.burst", ALL_AT_ONCE,
                        "fanfare.gateway.handshake.max-loop-lag", "1M"));
    }

    /// Starts a publisher, as it is packaged, and waits until it is ready.
    public RunningServer publisher() {
        return start(new Packaged("publisher-service", "the publisher"), 1, Map.of());
    }

    private RunningServer start(Packaged packaged, int number, Map<String, String> settings) {
        packaged.absenceOfJar().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        int port = FreePorts.next();
        Map<String, String> properties = new LinkedHashMap<>(settings);
        properties.put("quarkus.http.host", "127.0.0.1");
        properties.put("quarkus.http.port", String.valueOf(port));
        properties.put("quarkus.redis.hosts", redis.uri().toString());
        properties.put(ISSUER + "issuer", tokens.issuer());
        properties.put(ISSUER + "audience", Tokens.AUDIENCE);
        properties.put(ISSUER + "secret-file", secret.toString());
        List<String> command = new ArrayList<>(packaged.onJvm());
        properties.forEach((name, value) -> command.add(1, "-D" + name + "=" + value));
        var launch = new Launch(command, Map.of(), "/q/health/ready");
        return RunningServer.start(packaged.module() + "-" + number, packaged.title(), port, launch);
    }
}

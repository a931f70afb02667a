package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.testkit.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Our gateways, as they are packaged and with the defaults of their configuration, each on a port that is known before
/// it is started. Strangers may do everything.
public final class Fleet implements AutoCloseable {

    private static final Packaged PACKAGED = new Packaged("gateway-service", "the gateway");

    private final PublisherOnRedis redis;
    private final List<Integer> ports;
    private final List<String> command;
    private final List<RunningServer> started = new ArrayList<>();

    /// @param places most gateways that will be started
    /// @param isNative whether it is the native executable, or the jar on a JVM
    /// @throws IllegalStateException with a remedy if that is not built
    public Fleet(PublisherOnRedis redis, int places, boolean isNative) {
        (isNative ? PACKAGED.absenceOfExecutable() : PACKAGED.absenceOfJar()).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        this.redis = redis;
        this.ports = Stream.generate(FreePorts::next).limit(places).toList();
        this.command = isNative ? PACKAGED.nativeExecutable() : PACKAGED.onJvm();
    }

    /// Of all places, whether a gateway is there or not.
    public List<Integer> ports() {
        return ports;
    }

    /// Starts the next gateway and waits until it is ready.
    public RunningServer add() {
        int port = ports.get(started.size());
        var environment = Map.of(
                "FANFARE_ACCESS_ANONYMOUS",
                Packaged.EVERYTHING,
                "GATEWAY_PORT",
                String.valueOf(port),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "FANFARE_REDIS",
                redis.redis().uri().toString());
        RunningServer gateway = RunningServer.start(
                "gateway-" + (started.size() + 1),
                "the gateway",
                port,
                new Launch(command, environment, "/q/health/ready"));
        started.add(gateway);
        return gateway;
    }

    /// Ends whoever has not ended.
    @Override
    public void close() {
        started.forEach(RunningServer::requestStop);
        started.forEach(RunningServer::close);
    }
}

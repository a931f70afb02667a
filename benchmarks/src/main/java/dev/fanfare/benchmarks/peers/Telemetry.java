package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.testkit.FreePorts;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Our telemetry-ingest, as it is packaged, with one source that it asks each second.
final class Telemetry {

    private static final String ID = "telemetry-ingest";

    private Telemetry() {}

    /// Starts `command` and waits until it answers.
    ///
    /// @param source answers with JSON
    static RunningServer start(List<String> command, URI source, PublisherOnRedis redis) {
        int port = FreePorts.next();
        Map<String, String> environment = Map.of(
                "TELEMETRY_PORT",
                String.valueOf(port),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "FANFARE_REDIS",
                redis.redis().uri().toString(),
                "FANFARE_TELEMETRY_SOURCES_ISS_URL",
                source.toString());
        return RunningServer.start(ID, ID, port, new Launch(command, environment, "/q/health/ready"));
    }
}

package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One of our services in one of the forms in which it is shipped.
///
/// | component  | meaning                                     |
/// |------------|---------------------------------------------|
/// | `service`  | which                                       |
/// | `isNative` | whether it is the executable or on the JVM  |
public record OwnBuild(Service service, boolean isNative) {

    /// What is deployed.
    public enum Service {
        GATEWAY("gateway-service"),
        PUBLISHER("publisher-service"),
        TELEMETRY("telemetry-ingest");

        private final String module;

        Service(String module) {
            this.module = module;
        }
    }

    /// Every service on the JVM and natively.
    public static List<OwnBuild> all() {
        return Stream.of(Service.values())
                .flatMap(service -> Stream.of(new OwnBuild(service, false), new OwnBuild(service, true)))
                .toList();
    }

    private Packaged packaged() {
        return new Packaged(service.module, service.module);
    }

    /// Why it cannot be measured here and what helps; empty when it can.
    public Optional<String> absence() {
        return isNative ? packaged().absenceOfExecutable() : packaged().absenceOfJar();
    }

    /// Of the executable, or of all jars without the JVM.
    public long bytes() {
        return isNative ? packaged().bytesOfExecutable() : packaged().bytesOfJar();
    }

    /// The gateway, which clients subscribe to.
    public RunningPeer startGateway(PublisherOnRedis redis) {
        return (isNative ? Peer.GATEWAY_NATIVE : Peer.GATEWAY_JVM).start(redis);
    }

    /// The publisher, which takes publishes over HTTP.
    public RunningServer startPublisher(PublisherOnRedis redis) {
        return (isNative ? PublishPeer.PUBLISHER_NATIVE : PublishPeer.PUBLISHER_JVM).start(redis);
    }

    /// telemetry-ingest, which asks `source` each second.
    public RunningServer startTelemetry(URI source, PublisherOnRedis redis) {
        List<String> command =
                isNative ? packaged().nativeExecutable() : packaged().onJvm();
        return Telemetry.start(command, source, redis);
    }

    /// Its row in a report.
    public String title() {
        return service.module + (isNative ? ", native" : ", JVM");
    }
}

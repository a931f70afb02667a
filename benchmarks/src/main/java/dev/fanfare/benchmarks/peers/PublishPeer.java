package dev.fanfare.benchmarks.peers;

import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.testkit.FreePorts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A server that takes publishes by HTTP, at the paths of our API, and can be measured.
public enum PublishPeer {
    PUBLISHER_JVM("publisher-jvm", "our publisher, JVM"),
    PUBLISHER_NATIVE("publisher-native", "our publisher, native"),
    EXPRESS("express", "Express + ioredis");

    private static final Packaged PACKAGED = new Packaged("publisher-service", "the publisher");

    /// As many as the publisher takes of all callers; the load generator is one.
    private static final String ALL_FROM_ONE_ADDRESS = "512";

    private static final String NO_LIMIT = "0";

    private final String id;
    private final String title;

    PublishPeer(String id, String title) {
        this.id = id;
        this.title = title;
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
        return switch (this) {
            case PUBLISHER_JVM -> PACKAGED.absenceOfJar();
            case PUBLISHER_NATIVE -> PACKAGED.absenceOfExecutable();
            case EXPRESS -> Cache.absence("express from npm", Cache.nodeModule("express"));
        };
    }

    /// Starts it and waits until it answers.
    ///
    /// @param redis to which it publishes
    public RunningServer start(PublisherOnRedis redis) {
        absence().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        int port = FreePorts.next();
        Launch launch = switch (this) {
            case PUBLISHER_JVM -> ours(PACKAGED.onJvm(), port, redis);
            case PUBLISHER_NATIVE -> ours(PACKAGED.nativeExecutable(), port, redis);
            case EXPRESS -> NodeServer.launch("express.mjs", port, redis);
        };
        return RunningServer.start(id, title, port, launch);
    }

    private static Launch ours(List<String> command, int port, PublisherOnRedis redis) {
        Map<String, String> environment = Map.of(
                "PUBLISHER_PORT",
                String.valueOf(port),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "FANFARE_REDIS",
                redis.redis().uri().toString(),
                "FANFARE_ADMISSION_MAX_IN_FLIGHT_PER_CALLER",
                ALL_FROM_ONE_ADDRESS,
                "FANFARE_ACCESS_LIMITS_PUBLISHES_PER_ADDRESS",
                NO_LIMIT,
                "FANFARE_ACCESS_ANONYMOUS",
                Packaged.EVERYTHING);
        return new Launch(command, environment, "/q/health/ready");
    }

    /// The ids of all.
    public static String ids() {
        return Arrays.stream(values()).map(PublishPeer::id).collect(Collectors.joining(","));
    }

    /// Those that `commaSeparated` names.
    ///
    /// @throws IllegalArgumentException if it names another
    public static List<PublishPeer> parse(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(",", -1))
                .map(PublishPeer::ofId)
                .distinct()
                .toList();
    }

    private static PublishPeer ofId(String id) {
        return Arrays.stream(values())
                .filter(peer -> peer.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no server \"" + id + "\"; --peers takes some of " + ids()));
    }
}

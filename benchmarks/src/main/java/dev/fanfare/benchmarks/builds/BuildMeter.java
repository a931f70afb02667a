package dev.fanfare.benchmarks.builds;

import dev.fanfare.benchmarks.harness.Pause;
import dev.fanfare.benchmarks.harness.ProcessTree;
import dev.fanfare.benchmarks.harness.Spread;
import dev.fanfare.benchmarks.load.HttpCallers;
import dev.fanfare.benchmarks.load.Load;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.load.Rate;
import dev.fanfare.benchmarks.load.Shape;
import dev.fanfare.benchmarks.peers.OwnBuild;
import dev.fanfare.benchmarks.peers.RunningPeer;
import dev.fanfare.benchmarks.peers.RunningServer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Starts a build some times, lets it rest, and lets it work.
final class BuildMeter {

    static final Shape SHAPE = new Shape(1_000, 1, 128);
    static final int WINDOW = 16;
    static final int MESSAGES_PER_SECOND = 25;
    static final int CALLERS = 64;
    static final int DATA_BYTES = 256;

    private static final Duration REST = Duration.ofSeconds(5);
    private static final double NANOS_PER_MILLI = 1e6;

    private final BuildsOptions options;
    private final PublisherOnRedis redis;
    private final Position position;

    BuildMeter(BuildsOptions options, PublisherOnRedis redis, Position position) {
        this.options = options;
        this.redis = redis;
        this.position = position;
    }

    Figures measure(OwnBuild build) {
        List<Double> ready = new ArrayList<>();
        for (int i = 1; i < options.starts(); i++) {
            ready.add(startOnce(build));
        }
        return switch (build.service()) {
            case GATEWAY -> gateway(build, ready);
            case PUBLISHER -> publisher(build, ready);
            case TELEMETRY -> telemetry(build, ready);
        };
    }

    private double startOnce(OwnBuild build) {
        return switch (build.service()) {
            case GATEWAY -> {
                try (RunningPeer gateway = build.startGateway(redis)) {
                    yield millis(gateway.readyAfter());
                }
            }
            case PUBLISHER -> {
                try (RunningServer publisher = build.startPublisher(redis)) {
                    yield millis(publisher.readyAfter());
                }
            }
            case TELEMETRY -> {
                try (RunningServer telemetry = build.startTelemetry(position.uri(), redis)) {
                    yield millis(telemetry.readyAfter());
                }
            }
        };
    }

    private Figures gateway(OwnBuild build, List<Double> ready) {
        try (RunningPeer gateway = build.startGateway(redis)) {
            ready.add(millis(gateway.readyAfter()));
            long idle = rest(gateway.usage()::residentBytes);
            try (Load load = Load.open(SHAPE, gateway.target())) {
                run(load, gateway, new Rate.Window(WINDOW), warmUp());
                var work = new Work.Fanout(
                        run(load, gateway, new Rate.Window(WINDOW), time()),
                        run(load, gateway, new Rate.Window(1), time()),
                        run(load, gateway, new Rate.Fixed(MESSAGES_PER_SECOND), time()));
                return figures(build, ready, idle, gateway.usage().residentBytes(), work);
            }
        }
    }

    private Figures publisher(OwnBuild build, List<Double> ready) {
        try (RunningServer publisher = build.startPublisher(redis)) {
            ready.add(millis(publisher.readyAfter()));
            long idle = rest(publisher.usage()::residentBytes);
            try (HttpCallers callers = HttpCallers.open(publisher.port(), CALLERS, request())) {
                callers.run(warmUp(), publisher.usage()::cpu);
                var work = new Work.Publishing(callers.run(time(), publisher.usage()::cpu));
                return figures(build, ready, idle, publisher.usage().residentBytes(), work);
            }
        }
    }

    private Figures telemetry(OwnBuild build, List<Double> ready) {
        try (RunningServer telemetry = build.startTelemetry(position.uri(), redis)) {
            ready.add(millis(telemetry.readyAfter()));
            long idle = rest(telemetry.usage()::residentBytes);
            int before = position.times();
            Pause.of(warmUp().plus(time()));
            var work = new Work.Polling(position.times() - before);
            return figures(build, ready, idle, telemetry.usage().residentBytes(), work);
        }
    }

    private static Figures figures(OwnBuild build, List<Double> ready, long idle, long atWork, Work work) {
        return new Figures(build.bytes(), Spread.of(ready), idle, atWork, work);
    }

    private static long rest(LongSupplier resident) {
        Pause.of(REST);
        return resident.getAsLong();
    }

    private static Outcome run(Load load, RunningPeer gateway, Rate rate, Duration time) {
        return load.run(rate, time, gateway.usage()::cpu, ProcessTree::ownCpu);
    }

    private Duration warmUp() {
        return Duration.ofSeconds(Math.max(1, options.warmUp()));
    }

    private Duration time() {
        return Duration.ofSeconds(options.seconds());
    }

    private static double millis(Duration time) {
        return time.toNanos() / NANOS_PER_MILLI;
    }

    private static String request() {
        String body = "{\"data\":\"" + "x".repeat(DATA_BYTES - 2) + "\"}";
        return "POST /v1/channels/bench/messages HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}

package dev.fanfare.benchmarks.capacity;

import dev.fanfare.benchmarks.harness.ProcessTree;
import dev.fanfare.benchmarks.load.HttpCallers;
import dev.fanfare.benchmarks.load.Load;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.load.PublishOutcome;
import dev.fanfare.benchmarks.load.Rate;
import dev.fanfare.benchmarks.load.Shape;
import dev.fanfare.benchmarks.peers.Peer;
import dev.fanfare.benchmarks.peers.PublishPeer;
import dev.fanfare.benchmarks.peers.RunningPeer;
import dev.fanfare.benchmarks.peers.RunningServer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;

/// Measures what single things cost on this machine.
final class CostMeter {

    private static final int HISTORY = 100;
    private static final int CALLERS = 64;
    private static final int DATA_BYTES = 256;
    private static final Shape SHAPE = new Shape(1_000, 1, 128);
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration TIME = Duration.ofSeconds(8);

    private final PrintStream progress;

    CostMeter(PrintStream progress) {
        this.progress = progress;
    }

    /// Takes about two minutes; what it does not measure it takes from `before`.
    Costs measure(Costs before) throws IOException {
        try (var redis = new PublisherOnRedis(HISTORY, CALLERS)) {
            progress.println("what channels and messages take in Redis");
            RedisMemory memory = RedisMemory.measure(redis, HISTORY, DATA_BYTES);
            progress.println("what a delivery costs a gateway");
            Outcome alone;
            Outcome busy;
            try (RunningPeer gateway = Peer.GATEWAY_JVM.start(redis);
                    Load load = Load.open(SHAPE, gateway.target())) {
                run(load, gateway, 16, WARM_UP);
                busy = run(load, gateway, 16, TIME);
                alone = run(load, gateway, 1, TIME);
            }
            progress.println("what a publish costs publisher and Redis");
            Duration redisBefore;
            Duration redisAfter;
            PublishOutcome published;
            try (RunningServer publisher = PublishPeer.PUBLISHER_JVM.start(redis);
                    HttpCallers callers = HttpCallers.open(publisher.port(), CALLERS, request())) {
                callers.run(WARM_UP.multipliedBy(2), publisher.usage()::cpu);
                redisBefore = redis.cpu();
                published = callers.run(TIME, publisher.usage()::cpu);
                redisAfter = redis.cpu();
            }
            return new Costs(
                    alone.serverMicrosEach(),
                    busy.serverMicrosEach(),
                    before.idleMicros(),
                    before.connectionBytes(),
                    before.gatewayBytes(),
                    published.serverMicrosEach(),
                    redisAfter.minus(redisBefore).toNanos() / 1e3 / published.published(),
                    memory.channelBytes(),
                    memory.storedBytes(),
                    memory.idBytes());
        }
    }

    private static Outcome run(Load load, RunningPeer gateway, int window, Duration time) {
        return load.run(new Rate.Window(window), time, gateway.usage()::cpu, ProcessTree::ownCpu);
    }

    private static String request() {
        String body = "{\"data\":\"" + "x".repeat(DATA_BYTES - 2) + "\"}";
        return "POST /v1/channels/bench/messages HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }
}

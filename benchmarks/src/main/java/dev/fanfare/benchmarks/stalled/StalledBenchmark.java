package dev.fanfare.benchmarks.stalled;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.ProcessTree;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Load;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.load.Rate;
import dev.fanfare.benchmarks.load.Shape;
import dev.fanfare.benchmarks.peers.RunningPeer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What do clients that have stopped to read cost those that go on?
///
/// The same readers get the same messages without stalled clients and beside them, in turns, so that a change of
/// the machine hits both. What is published first fills the stalled clients' buffers in the kernel and does not
/// count: until then they cost as much as readers. Ends with an error when a reader missed something or got it twice.
public final class StalledBenchmark {

    private static final int HISTORY = 100;
    private static final int IN_FLIGHT = 1_000;

    /// How much faster than measured is published while buffers fill: 2 MB for each stalled client would take a minute.
    private static final int FILL_SPEED = 8;

    /// What waits in the gateway for a stalled client, on average, once the kernel takes no more: 64 KiB.
    private static final int FULL_BYTES = 64 << 10;

    private StalledBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "stalled",
                        StalledOptions.HELP,
                        StalledOptions::parse,
                        StalledOptions::save,
                        StalledBenchmark::measure)
                .run(arguments);
    }

    private static String measure(StalledOptions options, Subject subject, PrintStream progress) {
        StalledReport report = run(options, subject, progress);
        if (!report.isClean()) {
            System.out.println(report.markdown());
            throw new IllegalStateException("a reader missed a message or got it twice; see the table");
        }
        return report.markdown();
    }

    private static StalledReport run(StalledOptions options, Subject subject, PrintStream progress) {
        // Those of a round and those of the one before that the server has not let go yet.
        OpenFiles.require(options.readers() + 2 * options.stalled());
        Cores.leaveToServers();
        try (var redis = new PublisherOnRedis(HISTORY, IN_FLIGHT);
                RunningPeer gateway = options.peer().start(redis);
                Load load = Load.open(new Shape(options.readers(), 1, options.bytes()), gateway.target())) {
            progress.println("a round that does not count");
            pair(options, gateway, load);
            long resident = gateway.usage().residentBytes();
            List<Pair> pairs = new ArrayList<>();
            for (int i = 1; i <= options.rounds(); i++) {
                Pair pair = pair(options, gateway, load);
                progress.printf(
                        Locale.ROOT,
                        "round %d: p99 %.2f ms alone, %.2f ms beside %d stalled%n",
                        i,
                        pair.alone().latency().p99(),
                        pair.beside().latency().p99(),
                        options.stalled());
                pairs.add(pair);
            }
            return new StalledReport(subject, facts(options, redis), resident, pairs);
        }
    }

    private static Pair pair(StalledOptions options, RunningPeer gateway, Load load) {
        var metrics = new GatewayMetrics(gateway.target().port());
        metrics.awaitConnections(options.readers());
        long closedBefore = metrics.closed();
        Outcome alone = run(options, gateway, load, options.seconds());
        try (var _ = new StalledClients(gateway.target(), Load.channelName(0), options.stalled())) {
            fill(options, gateway, load, metrics);
            Outcome beside = run(options, gateway, load, options.seconds());
            return new Pair(
                    alone,
                    beside,
                    metrics.waitingBytes(),
                    metrics.closed() - closedBefore,
                    gateway.usage().residentBytes());
        }
    }

    /// Publishes until the gateway has to keep what it writes to the stalled, as they and the kernel take nothing more.
    private static void fill(StalledOptions options, RunningPeer gateway, Load load, GatewayMetrics metrics) {
        long full = (long) options.stalled() * FULL_BYTES;
        for (int second = 0; second < options.fill() && metrics.waitingBytes() < full; second++) {
            run(gateway, load, FILL_SPEED * options.rate(), 1);
        }
    }

    private static Outcome run(StalledOptions options, RunningPeer gateway, Load load, int seconds) {
        return run(gateway, load, options.rate(), seconds);
    }

    private static Outcome run(RunningPeer gateway, Load load, int rate, int seconds) {
        ProcessTree usage = gateway.usage();
        return load.run(new Rate.Fixed(rate), Duration.ofSeconds(seconds), usage::cpu, ProcessTree::ownCpu);
    }

    private static Map<String, String> facts(StalledOptions options, PublisherOnRedis redis) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", options.peer().title() + " · " + redis.version());
        facts.put("cores", Cores.description());
        facts.put(
                "clients",
                String.format(
                        Locale.ROOT,
                        "%,d readers and %,d that never read, all of one channel",
                        options.readers(),
                        options.stalled()));
        facts.put(
                "a measurement",
                String.format(
                        Locale.ROOT,
                        "%d s of %d messages per second of %,d bytes, once the buffers of the stalled are full (at most %d s)",
                        options.seconds(),
                        options.rate(),
                        options.bytes(),
                        options.fill()));
        return facts;
    }
}

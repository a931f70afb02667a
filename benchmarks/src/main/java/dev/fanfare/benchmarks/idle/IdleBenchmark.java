package dev.fanfare.benchmarks.idle;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.KernelMemory;
import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.Pause;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Load;
import dev.fanfare.benchmarks.load.Shape;
import dev.fanfare.benchmarks.peers.Peer;
import dev.fanfare.benchmarks.peers.RunningPeer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;

/// What do connections cost that do nothing?
///
/// One server after the other, each in a process of its own: clients connect and subscribe, everybody gets
/// one message, and then nothing happens but pings.
public final class IdleBenchmark {

    private static final int HISTORY = 100;
    private static final int BYTES = 128;
    private static final int WARM_CONNECTIONS = 200;
    private static final Duration SETTLE = Duration.ofSeconds(5);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

    private IdleBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>("idle", IdleOptions.HELP, IdleOptions::parse, IdleOptions::save, IdleBenchmark::measure)
                .run(arguments);
    }

    private static String measure(IdleOptions options, Subject subject, PrintStream progress) {
        OpenFiles.require(options.connections());
        Cores.leaveToServers();
        Map<Peer, Idle> idle = new LinkedHashMap<>();
        Map<Peer, String> absent = new LinkedHashMap<>();
        try (var redis = new PublisherOnRedis(HISTORY, WARM_CONNECTIONS)) {
            for (Peer peer : options.peers()) {
                progress.println(peer.title());
                try (RunningPeer running = peer.start(redis)) {
                    idle.put(peer, measure(running, options, progress));
                } catch (IllegalStateException | CompletionException e) {
                    progress.println("  not measured: " + e.getMessage());
                    absent.put(peer, String.valueOf(e.getMessage()));
                }
            }
            return new IdleReport(subject, facts(options, redis), idle, absent).markdown();
        }
    }

    private static Idle measure(RunningPeer peer, IdleOptions options, PrintStream progress) {
        Load.open(new Shape(WARM_CONNECTIONS, 1, BYTES), peer.target()).close();
        Pause.of(SETTLE);
        Duration time = Duration.ofSeconds(options.seconds());
        Duration cpuBefore = cpuOver(time, peer, progress);
        KernelMemory kernelBefore = KernelMemory.now();
        long residentBefore = peer.usage().residentBytes();
        progress.printf(Locale.ROOT, "  opening %,d connections%n", options.connections());
        int channels = Math.min(options.channels(), options.connections());
        try (Load _ = Load.open(new Shape(options.connections(), channels, BYTES), peer.target())) {
            Pause.of(SETTLE);
            KernelMemory kernelAfter = KernelMemory.now();
            long residentAfter = peer.usage().residentBytes();
            var idle = new Idle(
                    options.connections(),
                    residentBefore,
                    residentAfter,
                    kernelBefore,
                    kernelAfter,
                    cpuBefore,
                    cpuOver(time, peer, progress),
                    time);
            progress.printf(
                    Locale.ROOT,
                    "  %.1f KB a connection, %.1f %% of a core, %.1f %% without them%n",
                    idle.residentKilobytesEach(),
                    idle.cpuShareAfter() * 100,
                    idle.cpuShareBefore() * 100);
            return idle;
        }
    }

    private static Duration cpuOver(Duration time, RunningPeer peer, PrintStream progress) {
        Duration before = peer.usage().cpu();
        pass(time, progress);
        return peer.usage().cpu().minus(before);
    }

    private static void pass(Duration time, PrintStream progress) {
        for (Duration left = time; left.isPositive(); left = left.minus(SIGN_OF_LIFE)) {
            progress.printf("  idle for %d s more%n", left.toSeconds());
            Pause.of(left.compareTo(SIGN_OF_LIFE) < 0 ? left : SIGN_OF_LIFE);
        }
    }

    private static Map<String, String> facts(IdleOptions options, PublisherOnRedis redis) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", redis.version());
        facts.put("cores", Cores.description());
        facts.put(
                "connections",
                String.format(
                        Locale.ROOT,
                        "%,d, each subscribed to one of %,d channels; %d s of nothing",
                        options.connections(),
                        options.channels(),
                        options.seconds()));
        return facts;
    }
}

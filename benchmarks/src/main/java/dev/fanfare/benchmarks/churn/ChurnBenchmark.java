package dev.fanfare.benchmarks.churn;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.LiveHeap;
import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.Pause;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Visits;
import dev.fanfare.benchmarks.peers.RunningPeer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.testkit.RedisServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Is everything given back by clients that come, subscribe, get one message and go?
///
/// Ends with an error when a client got no message, or when interest at Redis or objects in the gateway's heap are
/// left behind. Resident memory is reported and not judged: a virtual machine keeps what it has taken.
public final class ChurnBenchmark {

    private static final int HISTORY = 100;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /// Clients that come first, so that loaded code is not counted as left behind.
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private ChurnBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "churn", ChurnOptions.HELP, ChurnOptions::parse, ChurnOptions::save, ChurnBenchmark::measure)
                .run(arguments);
    }

    private static String measure(ChurnOptions options, Subject subject, PrintStream progress) {
        ChurnReport report = run(options, subject, progress);
        if (!report.isClean()) {
            System.out.println(report.markdown());
            throw new IllegalStateException("something was left behind or somebody was left out: " + report.verdict());
        }
        return report.markdown();
    }

    private static ChurnReport run(ChurnOptions options, Subject subject, PrintStream progress) {
        OpenFiles.require(2 * options.rate());
        Cores.leaveToServers();
        try (var redis = new PublisherOnRedis(HISTORY, options.rate());
                RunningPeer gateway = options.peer().start(redis)) {
            warmUp(options, gateway, progress);
            try (var visits = new Visits(gateway.target())) {
                List<Look> looks = looks(options, redis.redis(), gateway, visits, progress);
                return new ChurnReport(subject, facts(options, redis), looks);
            }
        }
    }

    private static void warmUp(ChurnOptions options, RunningPeer gateway, PrintStream progress) {
        progress.printf("%d s of warm-up%n", WARM_UP.toSeconds());
        try (var visits = new Visits(gateway.target())) {
            visits.start(options.rate() / 2.0, WARM_UP).join();
        }
        Pause.of(LOOK_EVERY);
    }

    private static List<Look> looks(
            ChurnOptions options, RedisServer redis, RunningPeer gateway, Visits visits, PrintStream progress) {
        List<Look> looks = new ArrayList<>();
        looks.add(look(Duration.ZERO, redis, gateway, visits, gateway.liveHeap(), progress));
        long start = System.nanoTime();
        CompletableFuture<Void> ended = visits.start(options.rate(), Duration.ofSeconds(options.seconds()));
        while (!ended.isDone()) {
            Pause.of(LOOK_EVERY);
            looks.add(look(since(start), redis, gateway, visits, Optional.empty(), progress));
        }
        Pause.of(LOOK_EVERY);
        looks.add(look(since(start), redis, gateway, visits, gateway.liveHeap(), progress));
        return looks;
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private static Look look(
            Duration at,
            RedisServer redis,
            RunningPeer gateway,
            Visits visits,
            Optional<LiveHeap> heap,
            PrintStream progress) {
        int interest = names(redis, "CHANNELS") + names(redis, "SHARDCHANNELS");
        var look = new Look(at, visits.state(), gateway.usage().residentBytes(), interest, heap);
        progress.printf(
                Locale.ROOT,
                "%4d s: %,d came, %,d got their message, %,d there, %,d failed, %,d MB, %,d names at Redis%n",
                at.toSeconds(),
                look.visits().started(),
                look.visits().done(),
                look.visits().underWay(),
                look.visits().failed(),
                look.resident() >> 20,
                interest);
        return look;
    }

    /// Names of visited channels, announcements and plain ones, to which somebody is subscribed.
    private static int names(RedisServer redis, String kind) {
        return redis.execute("PUBSUB", kind, "*" + Visits.PREFIX + "*") instanceof List<?> names ? names.size() : 0;
    }

    private static Map<String, String> facts(ChurnOptions options, PublisherOnRedis redis) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", options.peer().title() + " · " + redis.version());
        facts.put("cores", Cores.description());
        facts.put(
                "clients",
                options.rate() + " per second for " + options.seconds()
                        + " s, each to the next of 10,000 channels; every second one goes without a word; "
                        + WARM_UP.toSeconds() + " s at half the rate before");
        return facts;
    }
}

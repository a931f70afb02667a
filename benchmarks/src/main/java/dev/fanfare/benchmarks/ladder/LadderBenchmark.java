package dev.fanfare.benchmarks.ladder;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.peers.Peer;
import dev.fanfare.benchmarks.peers.RunningPeer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What does each layer between Redis and one client add to the cost of a message?
///
/// The steps take turns in one run, each round in the same order from the bottom to the top.
public final class LadderBenchmark {

    private static final int HISTORY = 100;

    private LadderBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "ladder",
                        LadderOptions.HELP,
                        LadderOptions::parse,
                        LadderOptions::save,
                        LadderBenchmark::measure)
                .run(arguments);
    }

    private static String measure(LadderOptions options, Subject subject, PrintStream progress) {
        Map<Step, List<Climb>> climbs = new EnumMap<>(Step.class);
        try (var redis = new PublisherOnRedis(HISTORY, options.window());
                RunningPeer gateway = Peer.GATEWAY_JVM.start(redis)) {
            var steps = new Steps(options, redis, gateway);
            for (int round = -options.warmUps(); round < options.rounds(); round++) {
                for (Step step : Step.values()) {
                    Climb climb = steps.climb(step);
                    progress.printf(Locale.ROOT, "%,9.0f/s  %s%n", climb.perSecond(), step.title());
                    if (round >= 0) {
                        climbs.computeIfAbsent(step, _ -> new ArrayList<>()).add(climb);
                    }
                }
            }
            return new LadderReport(subject, facts(options, redis), climbs).markdown();
        }
    }

    private static Map<String, String> facts(LadderOptions options, PublisherOnRedis redis) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", redis.version() + " · " + Peer.GATEWAY_JVM.title());
        facts.put("cores", "the gateway on core 0; nothing else is pinned");
        facts.put(
                "a measurement",
                options.seconds() + " s of messages of " + options.bytes() + " bytes, " + options.window()
                        + " in flight, " + HISTORY + " kept");
        facts.put("rounds", options.rounds() + ", after " + options.warmUps() + " that do not count");
        return facts;
    }
}

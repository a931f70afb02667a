package dev.fanfare.benchmarks.builds;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Load;
import dev.fanfare.benchmarks.peers.OwnBuild;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What does each form of each service cost: native executable, or JVM?
///
/// One build after the other in one run, each started some times, left alone, and put to work.
public final class BuildsBenchmark {

    private static final int HISTORY = 100;

    private BuildsBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "builds",
                        BuildsOptions.HELP,
                        BuildsOptions::parse,
                        BuildsOptions::save,
                        BuildsBenchmark::measure)
                .run(arguments);
    }

    private static String measure(BuildsOptions options, Subject subject, PrintStream progress) {
        OpenFiles.require(BuildMeter.SHAPE.connections());
        Cores.leaveToServers();
        Map<OwnBuild, Figures> figures = new LinkedHashMap<>();
        Map<OwnBuild, String> absent = new LinkedHashMap<>();
        try (var redis = new PublisherOnRedis(HISTORY, BuildMeter.CALLERS);
                var position = new Position()) {
            var meter = new BuildMeter(options, redis, position);
            for (OwnBuild build : OwnBuild.all()) {
                progress.println(build.title());
                Optional<String> absence = build.absence();
                if (absence.isPresent()) {
                    progress.println("  " + absence.get());
                    absent.put(build, absence.get());
                } else {
                    figures.put(build, meter.measure(build));
                    progress.println("  " + figures.get(build));
                }
            }
            return new BuildsReport(subject, facts(options, redis), figures, absent).markdown();
        }
    }

    private static Map<String, String> facts(BuildsOptions options, PublisherOnRedis redis) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", redis.version() + " · load generator on Netty, " + Load.transportName());
        facts.put("cores", Cores.description());
        facts.put(
                "a measurement",
                options.seconds() + " s, after " + options.warmUp() + " s of load; " + options.starts() + " starts");
        return facts;
    }
}

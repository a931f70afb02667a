package dev.fanfare.benchmarks.http;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Load;
import dev.fanfare.benchmarks.peers.PublishPeer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What does a publish over HTTP cost?
///
/// Callers that wait for their acknowledgement publish to our service, to a server in Express, and without any
/// server by the class that the service publishes with, in turns in the same run. See [Comparison]. With
/// `--minutes` one server is under load for so long, and its memory is looked at. See [Soak].
public final class HttpBenchmark {

    private HttpBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>("http", HttpOptions.HELP, HttpOptions::parse, HttpOptions::save, HttpBenchmark::measure)
                .run(arguments);
    }

    private static String measure(HttpOptions options, Subject subject, PrintStream progress) {
        OpenFiles.require(options.connections() * (options.peers().size() + 1));
        Cores.leaveToServers();
        return options.isSoak()
                ? soak(options, subject, progress).markdown()
                : compare(options, subject, progress).markdown();
    }

    /// Compares all sides.
    static HttpReport compare(HttpOptions options, Subject subject, PrintStream progress) {
        try (var redis = new PublisherOnRedis(BareCallers.HISTORY, options.connections());
                var comparison = new Comparison(options, redis, progress)) {
            List<Round> rounds = comparison.run();
            Map<String, String> facts = facts(options, redis);
            facts.put(
                    "rounds",
                    options.rounds() + " of " + options.seconds() + " s a side, after " + options.warmUps()
                            + " that do not count; each begins with another side");
            return new HttpReport(subject, facts, comparison.titles(), comparison.absent(), rounds);
        }
    }

    /// Keeps the first peer busy.
    static SoakReport soak(HttpOptions options, Subject subject, PrintStream progress) {
        PublishPeer peer = options.peers().getFirst();
        try (var redis = new PublisherOnRedis(BareCallers.HISTORY, options.connections());
                Side side = ServedSide.start(peer, redis, options)) {
            Map<String, String> facts = facts(options, redis);
            facts.put("server", peer.title());
            return new SoakReport(subject, facts, Soak.run(side, options.minutes(), progress));
        }
    }

    private static Map<String, String> facts(HttpOptions options, PublisherOnRedis redis) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", redis.version() + " · load generator on Netty, " + Load.transportName());
        facts.put("cores", Cores.description());
        facts.put(
                "callers",
                String.format(
                        Locale.ROOT,
                        "%d, each with one message of %d bytes of data on its way; one channel that keeps %d",
                        options.connections(),
                        options.bytes(),
                        BareCallers.HISTORY));
        return facts;
    }
}

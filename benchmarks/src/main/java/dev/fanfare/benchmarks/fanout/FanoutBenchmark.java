package dev.fanfare.benchmarks.fanout;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Load;
import dev.fanfare.benchmarks.peers.Peer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What does one delivery cost the server's processor, beside other servers in the same run?
///
/// Servers have one core, in turns and together with Redis, which serves those that need it; the load generator has
/// another for itself. Ratios within a round count, because the machine changes from minute to minute. See [Rounds] for
/// the order of things, and `load` for how deliveries are made and counted.
public final class FanoutBenchmark {

    /// As the gateway's default.
    private static final int HISTORY = 100;

    private static final int IN_FLIGHT = 1_000;
    private static final int CLIENTS_OF_REDIS = 15_000;

    private FanoutBenchmark() {}

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "fanout",
                        FanoutOptions.HELP,
                        FanoutOptions::parse,
                        FanoutOptions::save,
                        FanoutBenchmark::measure)
                .run(arguments);
    }

    private static String measure(FanoutOptions options, Subject subject, PrintStream progress) {
        FanoutReport report = run(options, subject, progress);
        for (Peer ours : List.of(Peer.GATEWAY_JVM, Peer.GATEWAY_NATIVE)) {
            if (report.turns().faults(ours) > 0) {
                System.out.println(report.markdown());
                throw new IllegalStateException(ours.title() + " has lost or repeated deliveries; see the table");
            }
        }
        return report.markdown();
    }

    /// Measures all servers that can be had.
    static FanoutReport run(FanoutOptions options, Subject subject, PrintStream progress) {
        OpenFiles.require(options.mostConnections());
        Cores.leaveToServers();
        try (var redis = new PublisherOnRedis(HISTORY, IN_FLIGHT);
                var rounds = new Rounds(options, redis, progress)) {
            allowManyClients(redis);
            String cores = options.isRedisWithLoad()
                    ? Cores.redisWithLoad(redis.processId())
                    : Cores.redisWithServers(redis.processId());
            Turns turns = rounds.run();
            return new FanoutReport(subject, facts(options, redis, cores), options, rounds.absent(), turns);
        }
    }

    /// The tutorial's server opens a client for each channel.
    private static void allowManyClients(PublisherOnRedis redis) {
        redis.redis().execute("CONFIG", "SET", "maxclients", String.valueOf(CLIENTS_OF_REDIS));
    }

    private static Map<String, String> facts(FanoutOptions options, PublisherOnRedis redis, String cores) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", redis.version() + " · load generator on Netty, " + Load.transportName());
        facts.put("cores", cores);
        facts.put(
                "a measurement",
                String.format(
                        Locale.ROOT,
                        "%d s of messages of %d bytes; %d s of load before those of a set of connections",
                        options.seconds(),
                        options.cases().getFirst().shape().bytes(),
                        options.warm()));
        facts.put(
                "rounds",
                options.rounds() + ", after " + options.warmUps()
                        + " that do not count; each begins with another server");
        return facts;
    }
}

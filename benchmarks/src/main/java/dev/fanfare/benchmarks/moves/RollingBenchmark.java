package dev.fanfare.benchmarks.moves;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.Pause;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.Journey;
import dev.fanfare.benchmarks.load.PublisherKind;
import dev.fanfare.benchmarks.load.Travellers;
import dev.fanfare.benchmarks.peers.Fleet;
import dev.fanfare.benchmarks.peers.HaProxy;
import dev.fanfare.benchmarks.peers.RunningServer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What do clients notice of a rolling restart, and of a gateway that is killed?
///
/// Two gateways behind a proxy that sends each connection to whom has the fewest. Each is replaced as a Deployment
/// with `maxSurge: 1` and `maxUnavailable: 0` does it: a new one first, when it is ready SIGTERM to an old one. Then
/// one of the
/// new ones is killed. Clients do what the protocol asks of good ones.
public final class RollingBenchmark {

    private static final int GATEWAYS = 2;
    private static final int CLIENTS = 5_000;
    private static final int HISTORY = 100;
    private static final Duration STEADY = Duration.ofSeconds(15);
    private static final Duration AFTER = Duration.ofSeconds(5);
    private static final Duration AFTER_A_CRASH = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The drain's default, and what the process needs to end.
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(45 + 10);

    private final MovesOptions options;
    private final PrintStream progress;
    private final List<Phase> phases = new ArrayList<>();

    private RollingBenchmark(MovesOptions options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "rolling",
                        "What clients notice of a rolling restart of two gateways, and of one that is killed.\n"
                                + MovesOptions.HELP.formatted(CLIENTS),
                        each -> MovesOptions.parse(each, CLIENTS),
                        MovesOptions::save,
                        (options, subject, progress) -> new RollingBenchmark(options, progress).measure(subject))
                .run(arguments);
    }

    private String measure(Subject subject) {
        // Who moves has two connections for a moment.
        OpenFiles.require(2 * options.clients());
        Cores.leaveToServers();
        try (var redis = new PublisherOnRedis(HISTORY, options.clients());
                var fleet = new Fleet(redis, 2 * GATEWAYS + 1, options.isNative())) {
            List<RunningServer> gateways = new ArrayList<>(List.of(fleet.add(), fleet.add()));
            try (RunningServer proxy = HaProxy.start(HaProxy.Balance.LEASTCONN, fleet.ports());
                    var travellers = new Travellers(
                            options.clients(), options.channels(), new PublisherKind.Script(redis), proxy.port())) {
                travellers.open();
                travellers.publish(options.rate());
                phase("steady", travellers, () -> Pause.of(STEADY));
                for (int i = 1; i <= GATEWAYS; i++) {
                    phase("gateway " + i + " replaced", travellers, () -> replace(fleet, gateways));
                }
                phase("gateway killed", travellers, () -> {
                    gateways.removeFirst().kill();
                    Pause.of(AFTER_A_CRASH);
                });
                phase("the end", travellers, () -> travellers.finish(PATIENCE));
            }
            return new RollingReport(subject, facts(redis), pace(), phases).markdown();
        }
    }

    private static void replace(Fleet fleet, List<RunningServer> gateways) {
        gateways.add(fleet.add());
        RunningServer old = gateways.removeFirst();
        old.requestStop();
        old.awaitEnd(ENDED_WITHIN);
        Pause.of(AFTER);
    }

    private void phase(String name, Travellers travellers, Runnable happening) {
        travellers.begin();
        happening.run();
        Journey journey = travellers.soFar();
        phases.add(new Phase(name, journey));
        progress.printf(
                Locale.ROOT,
                "%s: %,d came anew, %d in a second at most, %d lost, %d repeated, p99 %.0f ms, %,d connected%n",
                name,
                journey.arrivals().size(),
                journey.mostInASecond(),
                journey.lost(),
                journey.repeated(),
                journey.latency().p99(),
                travellers.connected());
    }

    /// Clients of one gateway over the time that the defaults leave for their turns.
    private double pace() {
        return (double) options.clients() / GATEWAYS / RollingReport.SPREAD.toSeconds();
    }

    private Map<String, String> facts(PublisherOnRedis redis) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", options.software() + ", `balance leastconn` · " + redis.version());
        facts.put("cores", Cores.description());
        facts.put("clients", options.load());
        return facts;
    }
}

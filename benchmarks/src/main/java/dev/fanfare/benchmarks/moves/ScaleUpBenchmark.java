package dev.fanfare.benchmarks.moves;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.benchmarks.harness.BenchmarkFrame;
import dev.fanfare.benchmarks.harness.Cores;
import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.Pause;
import dev.fanfare.benchmarks.harness.Subject;
import dev.fanfare.benchmarks.load.PublisherKind;
import dev.fanfare.benchmarks.load.Travellers;
import dev.fanfare.benchmarks.peers.Fleet;
import dev.fanfare.benchmarks.peers.HaProxy;
import dev.fanfare.benchmarks.peers.RunningServer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import dev.fanfare.testkit.MetricsPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How soon do gateways that are added have their share of the clients?
///
/// Two gateways with clients become four, behind a proxy that chooses the one with the fewest connections, and then,
/// with other gateways and clients, behind one that chooses by chance.
public final class ScaleUpBenchmark {

    private static final int AT_FIRST = 2;
    private static final int AT_LAST = 4;
    private static final int CLIENTS = 4_000;
    private static final int HISTORY = 100;
    private static final Duration STEADY = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration AT_MOST = Duration.ofMinutes(4);

    /// How long nobody has moved when it is over.
    private static final Duration QUIET = Duration.ofSeconds(16);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MovesOptions options;
    private final PrintStream progress;

    private ScaleUpBenchmark(MovesOptions options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
    }

    /// Prints the report and, with `--save`, writes it below the current folder.
    public static void main(String[] arguments) {
        new BenchmarkFrame<>(
                        "scaleup",
                        "How soon gateways that are added have their share of the clients.\n"
                                + MovesOptions.HELP.formatted(CLIENTS),
                        each -> MovesOptions.parse(each, CLIENTS),
                        MovesOptions::save,
                        (options, subject, progress) -> new ScaleUpBenchmark(options, progress).measure(subject))
                .run(arguments);
    }

    private String measure(Subject subject) {
        OpenFiles.require(2 * options.clients());
        Cores.leaveToServers();
        List<Growth> growths = new ArrayList<>();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", options.software());
        facts.put("cores", Cores.description());
        facts.put("clients", options.load());
        for (HaProxy.Balance balance : HaProxy.Balance.values()) {
            growths.add(grow(balance));
        }
        return new ScaleUpReport(subject, facts, options.clients(), growths).markdown();
    }

    private Growth grow(HaProxy.Balance balance) {
        try (var redis = new PublisherOnRedis(HISTORY, options.clients());
                var fleet = new Fleet(redis, AT_LAST, options.isNative())) {
            List<RunningServer> gateways = new ArrayList<>();
            while (gateways.size() < AT_FIRST) {
                gateways.add(fleet.add());
            }
            try (RunningServer proxy = HaProxy.start(balance, fleet.ports());
                    var travellers = new Travellers(
                            options.clients(), options.channels(), new PublisherKind.Script(redis), proxy.port())) {
                travellers.open();
                travellers.publish(options.rate());
                Pause.of(STEADY);
                travellers.begin();
                long start = System.nanoTime();
                while (gateways.size() < AT_LAST) {
                    gateways.add(fleet.add());
                }
                List<Look> looks = looks(start, gateways, travellers);
                travellers.finish(PATIENCE);
                return new Growth(balance.directive(), looks, travellers.soFar());
            }
        }
    }

    private List<Look> looks(long start, List<RunningServer> gateways, Travellers travellers) {
        List<Look> looks = new ArrayList<>();
        int quietLooks = 0;
        while (quietLooks < QUIET.dividedBy(LOOK_EVERY) && System.nanoTime() - start < AT_MOST.toNanos()) {
            Pause.of(LOOK_EVERY);
            var look = new Look(
                    Duration.ofNanos(System.nanoTime() - start),
                    gateways.stream().map(ScaleUpBenchmark::connections).toList(),
                    travellers.soFar().arrivals().size());
            boolean isQuiet =
                    look.moves() > 0 && !looks.isEmpty() && looks.getLast().moves() == look.moves();
            quietLooks = isQuiet ? quietLooks + 1 : 0;
            looks.add(look);
            progress.printf(
                    Locale.ROOT,
                    "%4d s: %s, %.2f of the mean, %,d moves%n",
                    look.at().toSeconds(),
                    look.connections(),
                    look.unevenness(),
                    look.moves());
        }
        return looks;
    }

    private static int connections(RunningServer gateway) {
        URI page = URI.create("http://127.0.0.1:" + gateway.port() + "/q/metrics");
        try (InputStream body = page.toURL().openStream()) {
            return (int) new MetricsPage(new String(body.readAllBytes(), UTF_8))
                    .sum("fanfare_gateway_connections")
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("no metrics at " + page, e);
        }
    }
}

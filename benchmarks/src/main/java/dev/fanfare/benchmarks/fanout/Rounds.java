package dev.fanfare.benchmarks.fanout;

import dev.fanfare.benchmarks.harness.OpenFiles;
import dev.fanfare.benchmarks.harness.ProcessTree;
import dev.fanfare.benchmarks.load.Load;
import dev.fanfare.benchmarks.load.Outcome;
import dev.fanfare.benchmarks.load.Rate;
import dev.fanfare.benchmarks.load.Shape;
import dev.fanfare.benchmarks.peers.Peer;
import dev.fanfare.benchmarks.peers.RunningPeer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/// Lets the servers run in turns, round after round, each beginning with another server.
///
/// All are started at the beginning and stay, idle while it is not their turn, so that a virtual machine
/// is as warm in each round as in the one before.
final class Rounds implements AutoCloseable {

    private final FanoutOptions options;
    private final PublisherOnRedis redis;
    private final PrintStream progress;
    private final Map<Peer, RunningPeer> running = new LinkedHashMap<>();
    private final Map<Peer, String> absent = new LinkedHashMap<>();
    private final Turns turns = new Turns();
    private int turnsDone;

    Rounds(FanoutOptions options, PublisherOnRedis redis, PrintStream progress) {
        this.options = options;
        this.redis = redis;
        this.progress = progress;
    }

    /// Runs all rounds and returns those that count.
    Turns run() {
        startAll();
        List<RunningPeer> peers = List.copyOf(running.values());
        for (int round = -options.warmUps(); round < options.rounds(); round++) {
            for (int turn = 0; turn < peers.size(); turn++) {
                RunningPeer peer = peers.get(Math.floorMod(round + turn, peers.size()));
                turnsDone++;
                progress.printf(
                        "%nturn %d of %d, round %s: %s%n",
                        turnsDone,
                        peers.size() * (options.warmUps() + options.rounds()),
                        round < 0 ? "to warm up" : String.valueOf(round + 1),
                        peer.peer().title());
                turn(peer, round);
            }
        }
        return turns;
    }

    /// Servers that could not be started, and why.
    Map<Peer, String> absent() {
        return absent;
    }

    private void startAll() {
        for (Peer peer : options.peers()) {
            try {
                progress.println("starting " + peer.title());
                running.put(peer, peer.start(redis));
            } catch (IllegalStateException e) {
                absent.put(peer, String.valueOf(e.getMessage()));
                progress.println("  absent: " + e.getMessage());
            }
        }
        if (running.isEmpty()) {
            throw new IllegalStateException("none of the servers could be started: " + absent.values());
        }
    }

    private void turn(RunningPeer peer, int round) {
        Map<Shape, List<Case>> byShape = new LinkedHashMap<>();
        options.cases()
                .forEach(situation -> byShape.computeIfAbsent(situation.shape(), _ -> new ArrayList<>())
                        .add(situation));
        byShape.forEach((shape, cases) -> {
            redis.redis().execute("FLUSHALL", "SYNC");
            measure(peer, round, shape, cases);
        });
    }

    private void measure(RunningPeer peer, int round, Shape shape, List<Case> cases) {
        var left = new ArrayList<>(cases);
        try {
            OpenFiles.require(peer.peer().connectionsOf(shape.connections(), shape.channels()));
            measure(peer, round, shape, cases, left);
        } catch (IllegalStateException | CompletionException e) {
            String why =
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage());
            progress.println("  failed: " + why);
            left.forEach(situation -> add(situation, peer, round, new Turn.Failed(why)));
        }
    }

    /// @param left what was not measured yet; shrinks
    private void measure(RunningPeer peer, int round, Shape shape, List<Case> cases, List<Case> left) {
        try (Load load = Load.open(shape, peer.target())) {
            if (options.warm() > 0) {
                run(load, peer, new Rate.Window(cases.getFirst().window()), options.warm());
            }
            double highest = 0;
            for (Case situation : cases) {
                Rate rate =
                        situation.isHalfOfHighest() ? new Rate.Fixed(highest / 2) : new Rate.Window(situation.window());
                Duration redisBefore = redis.cpu();
                Outcome outcome = run(load, peer, rate, options.seconds());
                Duration redisCpu = redis.cpu().minus(redisBefore);
                highest = Math.max(highest, outcome.messagesPerSecond());
                left.remove(situation);
                report(situation, outcome);
                add(situation, peer, round, new Turn.Measured(outcome, redisCpu));
            }
        }
    }

    private static Outcome run(Load load, RunningPeer peer, Rate rate, int seconds) {
        ProcessTree usage = peer.usage();
        return load.run(rate, Duration.ofSeconds(seconds), usage::cpu, ProcessTree::ownCpu);
    }

    private void add(Case situation, RunningPeer peer, int round, Turn turn) {
        if (round >= 0) {
            turns.add(situation, peer.peer(), round, turn);
        }
    }

    private void report(Case situation, Outcome outcome) {
        progress.printf(
                Locale.ROOT,
                "  %s: %,.0f deliveries/s, %.2f µs each, server %.0f %%, load %.0f %% of a core, p99 %.2f ms%s%n",
                situation.title(),
                outcome.deliveriesPerSecond(),
                outcome.serverMicrosEach(),
                outcome.serverShare() * 100,
                outcome.loadShare() * 100,
                outcome.latency().p99(),
                outcome.lost() + outcome.repeated() == 0
                        ? ""
                        : ", LOST " + outcome.lost() + ", REPEATED " + outcome.repeated());
    }

    @Override
    public void close() {
        running.values().forEach(RunningPeer::close);
    }
}

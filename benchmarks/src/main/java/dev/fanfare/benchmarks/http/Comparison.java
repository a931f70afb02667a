package dev.fanfare.benchmarks.http;

import dev.fanfare.benchmarks.load.PublishOutcome;
import dev.fanfare.benchmarks.peers.PublishPeer;
import dev.fanfare.benchmarks.redis.PublisherOnRedis;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// All sides, in turns: each round has every side once and begins with another one; Redis is emptied before each turn.
final class Comparison implements AutoCloseable {

    private final HttpOptions options;
    private final PublisherOnRedis redis;
    private final PrintStream progress;
    private final List<Side> sides = new ArrayList<>();
    private final Map<String, String> absent = new LinkedHashMap<>();

    Comparison(HttpOptions options, PublisherOnRedis redis, PrintStream progress) {
        this.options = options;
        this.redis = redis;
        this.progress = progress;
    }

    /// Runs all rounds and returns those that count.
    List<Round> run() {
        startAll();
        List<Round> rounds = new ArrayList<>();
        for (int round = -options.warmUps(); round < options.rounds(); round++) {
            progress.printf("%nround %s%n", round < 0 ? "to warm up" : String.valueOf(round + 1));
            Map<String, PublishOutcome> outcomes = new LinkedHashMap<>();
            for (int turn = 0; turn < sides.size(); turn++) {
                Side side = sides.get(Math.floorMod(round + turn, sides.size()));
                outcomes.put(side.title(), turn(side));
            }
            if (round >= 0) {
                rounds.add(new Round(outcomes));
            }
        }
        return rounds;
    }

    /// Titles of those that take part, the bare class last.
    List<String> titles() {
        return sides.stream().map(Side::title).toList();
    }

    /// Servers that could not be started, and why.
    Map<String, String> absent() {
        return absent;
    }

    private void startAll() {
        for (PublishPeer peer : options.peers()) {
            try {
                progress.println("starting " + peer.title());
                sides.add(ServedSide.start(peer, redis, options));
            } catch (IllegalStateException e) {
                absent.put(peer.title(), String.valueOf(e.getMessage()));
                progress.println("  absent: " + e.getMessage());
            }
        }
        sides.add(BareSide.start(redis, options));
    }

    /// One measurement. Ends the run when Redis has not stored exactly what was acknowledged.
    private PublishOutcome turn(Side side) {
        redis.redis().execute("FLUSHALL", "SYNC");
        PublishOutcome outcome = side.publish(Duration.ofSeconds(options.seconds()));
        requireStored(side.title(), outcome.published(), side.stored());
        progress.printf(
                Locale.ROOT,
                "  %s: %,.0f/s, %.1f µs each, server %.0f %%, load %.0f %% of a core, p99 %.2f ms%n",
                side.title(),
                outcome.perSecond(),
                outcome.serverMicrosEach(),
                outcome.serverShare() * 100,
                outcome.loadShare() * 100,
                outcome.latency().p99());
        return outcome;
    }

    static void requireStored(String title, long published, long stored) {
        if (stored != published) {
            throw new IllegalStateException(
                    title + " has acknowledged " + published + " publishes, but Redis has " + stored);
        }
    }

    @Override
    public void close() {
        sides.forEach(Side::close);
    }
}

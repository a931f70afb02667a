package dev.fanfare.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.e2e.installation.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Chaos on one topology: a test per seed, all in one arena.
///
/// `fanfare.chaos.seeds` says how many seeds there are, from `fanfare.chaos.first`, 1 by default;
/// `fanfare.chaos.seed` that there is only this one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Chaos {

    private static final int FEW_SEEDS = 1;

    private final Arena arena;
    private RoundResult sum = RoundResult.nothing();
    private int rounds;

    Chaos(Topology topology) {
        this.arena = new Arena(topology);
    }

    static LongStream seeds() {
        Long only = Long.getLong("fanfare.chaos.seed");
        if (only != null) {
            return LongStream.of(only);
        }
        long first = Long.getLong("fanfare.chaos.first", 1);
        return LongStream.range(first, first + Integer.getInteger("fanfare.chaos.seeds", FEW_SEEDS));
    }

    @BeforeAll
    void start() {
        say("starting");
        arena.start();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void faultsOfASeed_nothingIsLostRepeatedOrReordered_orItIsTold(long seed)
            throws InterruptedException, ExecutionException, IOException {
        var round = new Round(arena, seed, Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX));
        RoundResult result = round.play();
        sum = sum.plus(result);
        rounds++;
        say("seed " + seed + ": " + result);
        if (!result.violations().isEmpty()) {
            Path tracks = writeTracks(round);
            assertThat(result.violations())
                    .as(
                            "seed %d on %s; to play it again: ./dev chaos --seed %d --topology %s%n"
                                    + "all that was seen: %s%nthe plan:%n%s%n%s%n",
                            seed,
                            arena.topology().name(),
                            seed,
                            arena.topology().name(),
                            tracks,
                            round.plan(),
                            arena.logTails())
                    .isEmpty();
        }
    }

    private Path writeTracks(Round round) throws IOException {
        Path folder = Checkout.target().resolve("chaos");
        Files.createDirectories(folder);
        Path file = folder.resolve(arena.topology().name() + "-" + round.seed() + ".txt");
        List<String> lines = round.tracks()
                .map(track -> track.follower() + " " + track.channel() + "\n"
                        + track.all().stream().map(at -> "  " + at).collect(Collectors.joining("\n")))
                .toList();
        return Files.write(file, lines);
    }

    @AfterAll
    void end() {
        arena.close();
        say("%d rounds: %s".formatted(rounds, sum));
        say("faults: " + RoundResult.counts(sum.faults()));
    }

    private void say(String text) {
        System.out.println("chaos " + arena.topology().name() + " | " + text);
    }
}

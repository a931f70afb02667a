package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import dev.fanfare.e2e.chaos.Plan.Lane;
import dev.fanfare.e2e.chaos.Plan.LaneFaults;
import dev.fanfare.e2e.chaos.Plan.Step;
import dev.fanfare.e2e.installation.PublishApi;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// One seed's worth of chaos.
final class Round {

    /*
     * The course of a round
     * ---------------------
     *   followers subscribe ──► writers publish ────────────────────────► one last message each
     *                           lanes of faults ──► everything is whole ─┘        │
     *                                                        followers have it, or time is up
     *                                                                             └──► Checker
     * The seed decides what fails, when and for how long, who follows what and when it drops. It cannot
     * decide how the processes are scheduled: a seed that fails fails again soon, not always at once.
     */

    private static final String REDIS = "redis";
    private static final int CHANNELS = 12;
    private static final int FOLLOWERS = 8;
    private static final int LEAST_FOLLOWED = 4;

    /// Longer than the position check of quiet channels, by which the last lost message is found.
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(45);

    private static final Duration LANES_END_WITHIN = Duration.ofMinutes(3);
    /// An instance that is frozen does not answer; the writer does not wait for the network to notice.
    private static final Duration PUBLISHED_WITHIN = Duration.ofSeconds(4);

    private static final Duration STAYS_AWAY_AT_MOST = Duration.ofSeconds(2);

    private final Arena arena;
    private final long seed;
    private final List<String> channels;
    private final List<Follower> followers = new ArrayList<>();
    private final List<Writer> writers = new ArrayList<>();
    private final CountDownLatch publishingEnds = new CountDownLatch(1);
    private final CountDownLatch followingEnds = new CountDownLatch(1);
    private final AtomicLong firstUnreplicatedLoss = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong firstTotalLoss = new AtomicLong(Long.MAX_VALUE);
    private String leadership = "";
    private long lookedAtLeadership;
    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
    private final Plan plan;

    /// @param run makes the channels of this round new
    Round(Arena arena, long seed, String run) {
        this.arena = arena;
        this.seed = seed;
        this.channels = IntStream.range(0, CHANNELS)
                .mapToObj(i -> "chaos.%s.%d.%s.%d".formatted(run, seed, i % 2 == 0 ? "careful" : "plain", i))
                .toList();
        var random = new Random(seed);
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(3))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        for (int i = 0; i < FOLLOWERS; i++) {
            followers.add(new Follower(
                    "follower " + i, someOf(channels, random), arena.gateways(), http, fork(random), followingEnds));
        }
        List<PublishApi> publishers = arena.publishers().stream()
                .map(publisher -> new PublishApi(publisher, PUBLISHED_WITHIN))
                .toList();
        channels.forEach(channel -> writers.add(new Writer(channel, publishers, fork(random), publishingEnds)));
        this.plan = Plan.of(
                seed,
                random,
                List.of(
                        new LaneFaults(REDIS, arena.redisFaults(channels)),
                        new LaneFaults("services", arena.serviceFaults()),
                        new LaneFaults("clients", List.of(dropped()))));
    }

    private static List<String> someOf(List<String> channels, Random random) {
        List<String> shuffled = new ArrayList<>(channels);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, random.nextInt(LEAST_FOLLOWED, channels.size() + 1));
    }

    private static Random fork(Random random) {
        return new Random(random.nextLong());
    }

    private Fault dropped() {
        return new Fault("client-dropped", Loss.NONE, STAYS_AWAY_AT_MOST, choice -> {
            Follower follower = followers.get(choice % followers.size());
            follower.leave();
            return follower::comeBack;
        });
    }

    Plan plan() {
        return plan;
    }

    /// Plays it and compares.
    RoundResult play() throws InterruptedException, ExecutionException {
        leadership = arena.topology().leadership();
        lookedAtLeadership = System.nanoTime();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("chaos-", 0).factory())) {
            List<Future<?>> following = start(threads, followers);
            boolean isFollowing = await(this::isEachFollowed);
            List<Future<?>> writing = start(threads, writers);
            List<Future<?>> failing = new ArrayList<>();
            plan.lanes().forEach(lane -> failing.add(threads.submit(() -> play(lane))));
            try {
                for (Future<?> lane : failing) {
                    lane.get(LANES_END_WITHIN.toSeconds(), TimeUnit.SECONDS);
                }
                arena.awaitWhole();
                noteUnplannedFailover();
                publishingEnds.countDown();
                for (Future<?> writer : writing) {
                    writer.get();
                }
                boolean isCaughtUp = await(this::isCaughtUp);
                followingEnds.countDown();
                for (Future<?> follower : following) {
                    follower.get();
                }
                return RoundResult.of(this, isFollowing, isCaughtUp);
            } catch (TimeoutException e) {
                throw new IllegalStateException("the faults did not end in time", e);
            } finally {
                publishingEnds.countDown();
                followingEnds.countDown();
            }
        }
    }

    private static List<Future<?>> start(ExecutorService threads, List<? extends Runnable> tasks) {
        List<Future<?>> started = new ArrayList<>();
        tasks.forEach(task -> started.add(threads.submit(task)));
        return started;
    }

    private void play(Lane lane) {
        try {
            for (Step step : lane.steps()) {
                play(lane, step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(Lane lane, Step step) throws InterruptedException {
        publishingEnds.await(step.pause().toMillis(), TimeUnit.MILLISECONDS);
        if (lane.name().equals(REDIS)) {
            noteUnplannedFailover();
        }
        note(step.fault());
        Runnable undo = step.fault().begin().apply(step.choice());
        publishingEnds.await(step.hold().toMillis(), TimeUnit.MILLISECONDS);
        undo.run();
        if (lane.name().equals(REDIS)) {
            // Two failures of Redis at once are beyond what any replica survives.
            arena.topology().awaitWhole();
            noteUnplannedFailover();
        }
    }

    /// A machine that is too busy makes Redis servers fail over that nobody meant to; what that costs is not
    /// the fault of whoever tells of it.
    private synchronized void noteUnplannedFailover() {
        String now = arena.topology().leadership();
        if (!now.equals(leadership) && firstUnreplicatedLoss.get() == Long.MAX_VALUE) {
            happened.add("failed-over-by-itself");
            firstUnreplicatedLoss.set(lookedAtLeadership);
        }
        leadership = now;
        lookedAtLeadership = System.nanoTime();
    }

    private void note(Fault fault) {
        happened.add(fault.name());
        if (fault.loss() != Loss.NONE) {
            firstUnreplicatedLoss.accumulateAndGet(System.nanoTime(), Math::min);
        }
        if (fault.loss() == Loss.ALL) {
            firstTotalLoss.accumulateAndGet(System.nanoTime(), Math::min);
        }
    }

    private static boolean await(BooleanSupplier condition) {
        try {
            Awaitility.await()
                    .atMost(CAUGHT_UP_WITHIN)
                    .pollInterval(Duration.ofMillis(20))
                    .until(condition::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private boolean isEachFollowed() {
        return tracks().allMatch(Track::hasJoined);
    }

    private boolean isCaughtUp() {
        return writers.stream()
                .allMatch(writer -> tracksOf(writer.channel())
                        .allMatch(track -> track.isAtEnd(writer.acknowledged().getLast())));
    }

    Stream<Track> tracksOf(String channel) {
        return tracks().filter(track -> track.channel().equals(channel));
    }

    Stream<Track> tracks() {
        return followers.stream().flatMap(Follower::tracks);
    }

    long seed() {
        return seed;
    }

    Topology topology() {
        return arena.topology();
    }

    List<Writer> writers() {
        return writers;
    }

    /// The faults that happened, by name.
    List<String> happened() {
        return happened;
    }

    /// What Redis may have lost of `channel`.
    Checker.Allowed allowed(String channel) {
        boolean isCareful = channel.contains(".careful.");
        AtomicLong firstLoss = isCareful ? firstTotalLoss : firstUnreplicatedLoss;
        boolean mayLose = firstLoss.get() < Long.MAX_VALUE;
        return new Checker.Allowed(firstUnreplicatedLoss.get(), mayLose);
    }
}

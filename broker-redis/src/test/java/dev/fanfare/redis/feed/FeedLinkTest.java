package dev.fanfare.redis.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.RedisKeys;
import dev.fanfare.redis.resp.RedisEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One link in virtual time, with the default settings: probe every 2 s, answers within 4 s, deaf after
/// 6 s, back-off up to 2 s.
class FeedLinkTest {

    private static final Channel A = new Channel("a");
    private static final Channel B = new Channel("b");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualLoop loop = new VirtualLoop();
    private final FakeRedis redis = new FakeRedis(loop);
    private final FeedTranscript listener = new FeedTranscript();
    private final CountingMetrics metrics = new CountingMetrics();
    private final RedisKeys keys = new RedisKeys("t");
    private final FeedLink link = newLink(Map.of());

    private FeedLink newLink(Map<String, String> config) {
        var intake = new Intake(metrics);
        intake.deliverTo(listener);
        var naming = new PubSubNaming(keys, false, true);
        var setup = new FeedLink.Setup(FeedConfigs.with(config), naming, redis, intake, metrics, new Random(1));
        List<RedisEndpoint> primary = List.of(RedisEndpoint.parse("redis://redis:1", null));
        return new FeedLink("link", setup, loop, PrimaryLocator.among(primary), new FeedLink.Keeper() {
            @Override
            public int canaryPartition(FeedLink asking) {
                return 0;
            }

            @Override
            public void onDown(FeedLink down) {}

            @Override
            public void onMisplaced(FeedLink asking, int partition) {}
        });
    }

    @BeforeEach
    void start() {
        link.start();
        loop.settle();
    }

    private CompletableFuture<Void> subscribe(Channel channel) {
        var future = new CompletableFuture<Void>();
        link.subscriptions().subscribe(channel, future);
        loop.settle();
        return future;
    }

    /// Subscribes, and is acknowledged at once.
    private void carry(Channel channel) {
        assertThat(subscribe(channel)).isCompleted();
    }

    private void unsubscribe(Channel channel) {
        link.subscriptions().unsubscribe(channel);
        loop.settle();
    }

    @Test
    void connectedLink_isLiveOnceItsTestMessageIsBack() {
        assertThat(link.isLive()).isTrue();
        assertThat(metrics.count("echoed")).isEqualTo(1);
    }

    @Test
    void healthyLink_staysLiveForHours() {
        // When
        loop.pass(Duration.ofHours(3));

        // Then
        assertThat(link.isLive()).isTrue();
        assertThat(redis.attempts).isEqualTo(1);
        assertThat(metrics.count("answered")).isBetween(5_000, 5_500);
    }

    @Test
    void subscribe_completesOnlyWhenAllNamesAreAcknowledged() {
        // Given
        redis.prompt = false;
        CompletableFuture<Void> subscribed = subscribe(A);

        // When
        redis.answerOne();
        boolean afterFirst = subscribed.isDone();
        redis.answerOne();

        // Then
        assertThat(afterFirst).isFalse();
        assertThat(subscribed).isCompleted();
        assertThat(redis.subscribed).contains("a", keys.announcement(A));
    }

    @Test
    void silentRedis_isLostWithinSevenSeconds() {
        // Given
        carry(A);

        // When
        redis.prompt = false;
        loop.pass(Duration.ofMillis(6_500));

        // Then
        assertThat(listener.lines()).containsExactly("lost a");
        assertThat(metrics.count("lost unanswered")).isEqualTo(1);
        assertThat(link.isLive()).isFalse();
    }

    @Test
    void deafRedis_isNotLiveAfterSixSecondsAndLost() {
        // Given
        carry(A);

        // When
        redis.deaf = true;
        loop.pass(Duration.ofMillis(6_500));

        // Then
        assertThat(listener.lines()).startsWith("lost a");
        assertThat(metrics.count("lost deaf")).isEqualTo(1);
        assertThat(link.isLive()).isFalse();
    }

    @Test
    void redisDeafForAMoment_isLostWhenItPushesAgain() {
        // Given
        carry(A);
        redis.deaf = true;
        loop.pass(Duration.ofMillis(2_500));
        assertThat(listener.lines()).isEmpty();

        // When
        redis.deaf = false;
        loop.pass(Duration.ofSeconds(3));

        // Then
        assertThat(metrics.count("lost dropped")).isEqualTo(1);
        assertThat(listener.lines()).containsExactly("lost a", "regained a");
        assertThat(link.isLive()).isTrue();
    }

    @Test
    void connectionDeafSinceItCameUp_isNotLiveBeforeAnotherHasRepairedWhatItMissed() {
        // Given
        carry(A);
        redis.deaf = true;
        redis.drop();
        loop.pass(Duration.ofSeconds(3));
        assertThat(listener.lines()).containsExactly("lost a", "regained a");

        // When
        redis.deaf = false;
        loop.pass(Duration.ofSeconds(4));

        // Then
        assertThat(listener.lines()).containsExactly("lost a", "regained a", "lost a", "regained a");
        assertThat(link.isLive()).isTrue();
    }

    @Test
    void demotedServer_isLostAtTheNextProbe() {
        // Given
        carry(A);

        // When
        redis.role = "replica";
        loop.pass(Duration.ofMillis(2_300));

        // Then
        assertThat(listener.lines()).containsExactly("lost a");
        assertThat(metrics.count("lost demoted")).isEqualTo(1);
    }

    @Test
    void stoppedProcess_doesNotTakeItsOwnAbsenceForThatOfRedis() {
        // Given
        carry(A);

        // When
        redis.prompt = false;
        loop.pass(Duration.ofSeconds(2));
        loop.freeze(Duration.ofSeconds(5));
        redis.prompt = true;
        loop.execute(redis::answerAll);
        loop.pass(Duration.ofSeconds(1));

        // Then
        assertThat(listener.lines()).isEmpty();
        assertThat(link.isLive()).isTrue();
    }

    @Test
    void lossAndReturn_areToldOnceEach() {
        // Given
        carry(A);
        carry(B);

        // When
        redis.drop();
        loop.pass(SECOND);

        // Then
        assertThat(listener.linesOf(A)).containsExactly("lost a", "regained a");
        assertThat(listener.linesOf(B)).containsExactly("lost b", "regained b");
        assertThat(link.isLive()).isTrue();
    }

    @Test
    void secondLossBeforeTheReturn_isNotToldAgain() {
        // Given
        carry(A);
        redis.drop();
        redis.prompt = false;
        loop.pass(SECOND);
        assertThat(redis.isConnected()).isTrue();

        // When
        redis.drop();
        redis.prompt = true;
        loop.pass(Duration.ofSeconds(3));

        // Then
        assertThat(listener.lines()).containsExactly("lost a", "regained a");
    }

    @Test
    void unreachableRedis_isTriedAgainAtABoundedPace() {
        // When
        redis.unreachable = true;
        redis.drop();
        loop.pass(Duration.ofMinutes(10));

        // Then: 1 s apart on average
        assertThat(redis.attempts).isBetween(500, 720);
        redis.unreachable = false;
        loop.pass(Duration.ofSeconds(2));
        assertThat(link.isLive()).isTrue();
    }

    @Test
    void subscribeWhileAway_completesAfterTheReturnWithoutRegained() {
        // Given
        redis.unreachable = true;
        redis.drop();
        CompletableFuture<Void> subscribed = subscribe(A);
        loop.pass(Duration.ofSeconds(30));
        assertThat(subscribed).isNotDone();

        // When
        redis.unreachable = false;
        loop.pass(Duration.ofSeconds(2));

        // Then
        assertThat(subscribed).isCompleted();
        assertThat(listener.lines()).isEmpty();
    }

    @Test
    void unsubscribe_cancelsWhoeverWaits() {
        // Given
        redis.prompt = false;
        CompletableFuture<Void> subscribed = subscribe(A);

        // When
        unsubscribe(A);

        // Then
        assertThat(subscribed).isCancelled();
        redis.answerAll();
        loop.settle();
        redis.answerAll();
        assertThat(redis.subscribed).allMatch(name -> name.contains("*"));
        assertThat(link.subscriptions().size()).isZero();
    }

    @Test
    void refusedSubscribe_isALoss() {
        // Given
        redis.refusal = "NOPERM no permission";

        // When
        link.subscriptions().subscribe(A, new CompletableFuture<>());
        loop.settle();

        // Then
        assertThat(metrics.count("lost refused")).isEqualTo(1);
        assertThat(listener.lines()).isEmpty();
    }

    @Test
    void manyChannels_areSubscribedInBatches() {
        // Given
        List<Channel> channels =
                IntStream.range(0, 1_000).mapToObj(i -> new Channel("c" + i)).toList();
        redis.commands.clear();

        // When
        channels.forEach(channel -> link.subscriptions().subscribe(channel, new CompletableFuture<>()));
        loop.settle();

        // Then: four of ours and four plain, 256 names at most
        assertThat(redis.commands).hasSize(8);
        assertThat(redis.subscribed).hasSize(2_001);
    }

    @Test
    void anyInterplayOfWishesAnswersAndLosses_endsInStep() {
        for (int seed = 0; seed < 300; seed++) {
            new Interplay(seed).run();
        }
    }

    /// Random wishes, with answers that come late and connections that end in between.
    private static final class Interplay {

        private static final List<Channel> CHANNELS =
                IntStream.range(0, 6).mapToObj(i -> new Channel("c" + i)).toList();

        private final int seed;
        private final Random random;
        private final FeedLinkTest world = new FeedLinkTest();
        private final boolean[] wanted = new boolean[CHANNELS.size()];
        private final List<CompletableFuture<Void>> futures = new ArrayList<>();

        private Interplay(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        private void run() {
            world.start();
            world.redis.prompt = false;
            for (int i = 0; i < 400; i++) {
                step();
            }
            world.redis.prompt = true;
            world.redis.answerAll();
            world.loop.pass(Duration.ofSeconds(5));
            check();
        }

        private void step() {
            int which = random.nextInt(CHANNELS.size());
            switch (random.nextInt(20)) {
                case 0 -> drop();
                case 1 -> world.loop.pass(Duration.ofMillis(random.nextInt(300)));
                case 2, 3, 4, 5 -> {
                    wanted[which] = true;
                    var future = new CompletableFuture<Void>();
                    futures.add(future);
                    world.link.subscriptions().subscribe(CHANNELS.get(which), future);
                }
                case 6, 7, 8, 9 -> {
                    wanted[which] = false;
                    world.link.subscriptions().unsubscribe(CHANNELS.get(which));
                }
                case 10, 11, 12, 13, 14 -> world.loop.settle();
                default -> world.redis.answerOne();
            }
        }

        private void drop() {
            if (world.redis.isConnected()) {
                world.redis.drop();
            }
        }

        private void check() {
            List<String> expected = IntStream.range(0, wanted.length)
                    .filter(i -> wanted[i])
                    .mapToObj(CHANNELS::get)
                    .flatMap(channel -> List.of(channel.name(), world.keys.announcement(channel)).stream())
                    .toList();
            assertThat(world.redis.subscribed.stream().filter(name -> !name.contains("*")))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(futures).as("seed %d", seed).allMatch(CompletableFuture::isDone);
            assertThat(world.link.subscriptions().size()).as("seed %d", seed).isEqualTo(expected.size() / 2);
            assertThat(world.metrics.count("interest")).as("seed %d", seed).isEqualTo(expected.size() / 2);
            CHANNELS.forEach(this::checkTold);
        }

        /// Never lost twice, nor regained, without the other in between, but for an unsubscribe.
        private void checkTold(Channel channel) {
            boolean lost = false;
            for (String line : world.listener.linesOf(channel)) {
                if (line.startsWith("regained")) {
                    assertThat(lost).as("seed %d: %s", seed, channel).isTrue();
                }
                lost = line.startsWith("lost");
            }
        }
    }
}

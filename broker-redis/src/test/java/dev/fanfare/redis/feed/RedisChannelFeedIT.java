package dev.fanfare.redis.feed;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisChannelFeedIT {

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.disposable();

    private static final Channel ISS = new Channel("iss.telemetry");
    private static final String STORED = "{\"message\":1,\"id\":\"a\",\"timestamp\":1}";

    private FeedUnderTest test;

    @BeforeEach
    void start() {
        test = FeedUnderTest.startedOn(REDIS.uri().toString());
    }

    @AfterEach
    void stop() {
        test.close();
    }

    private void announce(Channel channel, String text) {
        REDIS.execute("PUBLISH", test.keys.announcement(channel), text);
    }

    private static List<?> asked(String... command) {
        return (List<?>) Objects.requireNonNull(REDIS.execute(command));
    }

    private List<?> redisChannels() {
        return asked("PUBSUB", "CHANNELS").stream()
                .filter(name -> !name.toString().contains("}:*"))
                .toList();
    }

    private long subscribers(String name) {
        return (Long) asked("PUBSUB", "NUMSUB", name).get(1);
    }

    @Test
    void completedSubscribe_isKnownToRedis() {
        // When
        test.subscribe(ISS);

        // Then
        assertThat(subscribers(test.keys.announcement(ISS))).isEqualTo(1);
        assertThat(subscribers(ISS.name())).isEqualTo(1);
    }

    @Test
    void publishRightAfterTheAcknowledgement_isNeverMissed() {
        // Given
        List<Channel> channels =
                IntStream.range(0, 200).mapToObj(i -> new Channel("ack." + i)).toList();

        // When
        for (Channel channel : channels) {
            test.subscribe(channel);
            announce(channel, "1:e:1:m:0:" + STORED);
        }

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(test.listener.count("1 ack.")).isEqualTo(200));
    }

    @Test
    void announcements_arriveInOrderWithTheirBytes() {
        // Given
        test.subscribe(ISS);
        List<String> expected = new ArrayList<>();

        // When
        for (int offset = 1; offset <= 500; offset++) {
            announce(ISS, "1:ep:" + offset + ":m:p:" + STORED);
            expected.add(offset + " " + ISS + " " + STORED);
        }

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(test.listener.lines()).isEqualTo(expected));
    }

    @Test
    void plainPublish_arrivesAsTheTextItWas() {
        // Given
        test.subscribe(ISS);

        // When
        REDIS.execute("PUBLISH", ISS.name(), "{\"überall\":1}");

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(test.listener.lines()).containsExactly("plain " + ISS + " {\"überall\":1}"));
    }

    @Test
    void plainBytesThatAreNotUtf8_areReplaced() {
        // Given
        test.subscribe(ISS);

        // When
        REDIS.execute("EVAL", "return redis.call('PUBLISH', ARGV[1], 'a\\255\\0\\195b')", "0", ISS.name());

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(test.listener.lines()).containsExactly("plain " + ISS + " a\ufffd\0\ufffdb"));
    }

    @Test
    void garbageUnderOurName_isCountedAndTheFeedGoesOn() {
        // Given
        test.subscribe(ISS);

        // When
        REDIS.execute("EVAL", """
                math.randomseed(1)
                for i = 1, 300 do
                  local t = {}
                  for j = 1, i % 40 do t[j] = string.char(math.random(0, 255)) end
                  redis.call('PUBLISH', ARGV[1], table.concat(t))
                end
                """, "0", test.keys.announcement(ISS));
        announce(ISS, "1:e:7:m:p:" + STORED);

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(test.listener.lines()).containsExactly("7 " + ISS + " " + STORED));
        assertThat(test.metrics.count("malformed")).isEqualTo(300);
        assertThat(test.metrics.count("lost")).isZero();
    }

    @Test
    void messageAboveTheLimit_isDroppedAndTheFeedGoesOn() {
        // Given
        try (var small = FeedUnderTest.startedOn(REDIS.uri().toString(), Map.of("max-message-bytes", "2000"))) {
            small.subscribe(ISS);

            // When
            REDIS.execute("PUBLISH", ISS.name(), "x".repeat(2001));
            REDIS.execute("PUBLISH", ISS.name(), "small");

            // Then
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(small.listener.lines()).containsExactly("plain " + ISS + " small"));
            assertThat(small.metrics.count("malformed")).isEqualTo(1);
        }
    }

    @Test
    void plainChannelsOff_subscribesOurNameOnly() {
        // Given
        try (var ours = FeedUnderTest.startedOn(REDIS.uri().toString(), Map.of("plain-channels", "false"))) {
            // When
            ours.subscribe(ISS);

            // Then
            assertThat(subscribers(ISS.name())).isZero();
            assertThat(subscribers(ours.keys.announcement(ISS))).isEqualTo(1);
        }
    }

    @Test
    void unsubscribeOfTheLastChannel_leavesNothingInRedis() {
        // Given
        test.subscribe(ISS);

        // When
        test.feed.unsubscribe(ISS);

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(redisChannels()).isEmpty());
        assertThat(test.metrics.count("interest")).isZero();
    }

    @Test
    void repeatedSubscribe_isOneInterest() {
        // Given
        test.subscribe(ISS, ISS, ISS);

        // When
        test.feed.unsubscribe(ISS);

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(redisChannels()).isEmpty());
    }

    @Test
    void unsubscribeBeforeTheAcknowledgement_cancelsTheSubscribe() {
        // Given
        CompletableFuture<Void> subscribe = test.feed.subscribe(ISS);

        // When
        test.feed.unsubscribe(ISS);

        // Then
        assertThatThrownBy(() -> subscribe.orTimeout(5, SECONDS).join()).isInstanceOf(CancellationException.class);
    }

    @Test
    void flappingInterest_endsWithTheLastWish() {
        // Given
        var random = new Random(42);
        List<Channel> channels =
                IntStream.range(0, 20).mapToObj(i -> new Channel("flap." + i)).toList();
        boolean[] wanted = new boolean[channels.size()];
        List<CompletableFuture<Void>> last = new ArrayList<>();

        // When
        for (int i = 0; i < 20_000; i++) {
            int which = random.nextInt(channels.size());
            wanted[which] = random.nextBoolean();
            if (wanted[which]) {
                last.add(test.feed.subscribe(channels.get(which)));
            } else {
                test.feed.unsubscribe(channels.get(which));
            }
            if (i % 500 == 0) {
                REDIS.execute("PING");
            }
        }

        // Then
        List<String> expected = IntStream.range(0, wanted.length)
                .filter(i -> wanted[i])
                .mapToObj(channels::get)
                .flatMap(channel -> Stream.of(channel.name(), test.keys.announcement(channel)))
                .sorted()
                .toList();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(
                                redisChannels().stream().map(Object::toString).sorted())
                        .isEqualTo(expected));
        await().atMost(Duration.ofSeconds(5)).until(() -> last.stream().allMatch(CompletableFuture::isDone));
        channels.forEach(test.feed::unsubscribe);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(redisChannels()).isEmpty());
        assertThat(test.metrics.count("interest")).isZero();
    }

    @Test
    void listenerThatThrows_isCountedAndTheFeedGoesOn() {
        // Given
        test.subscribe(ISS);
        test.listener.failOn("bad");

        // When
        REDIS.execute("PUBLISH", ISS.name(), "bad");
        REDIS.execute("PUBLISH", ISS.name(), "good");

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(test.listener.lines()).containsExactly("plain " + ISS + " good"));
        assertThat(test.metrics.count("listenerFailed")).isEqualTo(1);
        assertThat(test.metrics.count("lost")).isZero();
    }

    @Test
    void twentyThousandChannels_areSubscribedWithinSeconds() {
        // Given
        List<Channel> channels = IntStream.range(0, 20_000)
                .mapToObj(i -> new Channel("many." + i))
                .toList();

        // When
        long from = System.nanoTime();
        CompletableFuture<?>[] all = channels.stream().map(test.feed::subscribe).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all).orTimeout(20, SECONDS).join();
        Duration subscribed = Duration.ofNanos(System.nanoTime() - from);
        REDIS.execute("CLIENT", "KILL", "TYPE", "pubsub");

        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(test.listener.count("regained")).isEqualTo(20_000));
        assertThat(test.listener.count("lost")).isEqualTo(20_000);
        assertThat(subscribed).isLessThan(Duration.ofSeconds(5));
        assertThat(test.metrics.resubscribeTook).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void numberOfConnections_isTheConfiguredOne() {
        // Given
        try (var five = FeedUnderTest.startedOn(REDIS.uri().toString(), Map.of("connections", "5"))) {
            five.awaitLive();
            test.awaitLive();

            // When
            String clients = String.valueOf(REDIS.execute("CLIENT", "LIST"));

            // Then
            assertThat(clients.lines().filter(line -> line.contains("name=fanfare-feed")))
                    .hasSize(5 + 2);
        }
    }

    @Test
    void feed_expectsTheConnectionsThatItIsToHave_untilItIsClosed() {
        // Given
        int before = test.metrics.expected;

        // When
        test.feed.close();

        // Then
        assertThat(before).isEqualTo(2);
        assertThat(test.metrics.expected).isZero();
    }

    @Test
    void close_cancelsWhoeverWaitsAndLeavesNothingInRedis() {
        // Given
        test.subscribe(ISS);

        // When
        test.feed.close();

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(redisChannels()).isEmpty());
        assertThatThrownBy(() -> test.feed.subscribe(ISS).orTimeout(5, SECONDS).join())
                .isInstanceOf(CancellationException.class);
        assertThat(test.feed.isLive()).isFalse();
        assertThat(test.listener.lines()).isEmpty();
    }
}

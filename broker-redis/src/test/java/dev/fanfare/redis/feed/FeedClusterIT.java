package dev.fanfare.redis.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.redis.keys.HashSlot;
import dev.fanfare.redis.keys.Partition;
import dev.fanfare.testkit.RedisCluster;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The feed on a cluster of three primaries with a replica each: node 3 follows node 0.
class FeedClusterIT {

    private static final String STORED = "{\"message\":1,\"id\":\"a\",\"timestamp\":1}";
    private static final Duration SOON = Duration.ofSeconds(10);
    /// The nodes agree after half a second that one is gone, and vote; then the feed must find it out.
    private static final Duration AFTER_FAILOVER = Duration.ofSeconds(20);

    /// Enough for every partition to have some.
    private static final List<Channel> CHANNELS =
            IntStream.range(0, 2_000).mapToObj(i -> new Channel("c" + i)).toList();

    private RedisCluster cluster;
    private FeedUnderTest test;

    @BeforeEach
    void start() {
        cluster = new RedisCluster(1).start();
        test = startFeed(cluster.uris().get(1));
        subscribeAll();
        test.awaitLive();
    }

    @AfterEach
    void stop() {
        test.close();
        cluster.close();
    }

    private static FeedUnderTest startFeed(String... seeds) {
        var options = new RedisOptions().setType(RedisClientType.CLUSTER);
        Arrays.asList(seeds).forEach(options::addConnectionString);
        return FeedUnderTest.startedOn(options, Map.of());
    }

    private void subscribeAll() {
        CompletableFuture.allOf(CHANNELS.stream().map(test.feed::subscribe).toArray(CompletableFuture<?>[]::new))
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    private static int slot(Channel channel) {
        return Partition.of(channel).slot();
    }

    private static int firstOwner(Channel channel) {
        return ownerOf(slot(channel));
    }

    private static int ownerOf(int slot) {
        return slot * 3 / HashSlot.COUNT;
    }

    private void movePartitions(int from, int to, Predicate<Partition> condition) {
        Partition.all().stream().filter(condition).forEach(partition -> cluster.moveSlot(partition.slot(), from, to));
    }

    private void announce(int node, Channel channel, int offset) {
        cluster.execute(node, "SPUBLISH", test.keys.announcement(channel), "1:e:" + offset + ":m:p:" + STORED);
    }

    private static List<Channel> where(Predicate<Channel> condition) {
        return CHANNELS.stream().filter(condition).toList();
    }

    /// Every one of `channels` was lost and regained once, and no other channel heard of anything.
    private void awaitMoved(List<Channel> channels, Duration within) {
        await().atMost(within)
                .untilAsserted(() -> assertThat(test.listener.count("regained")).isEqualTo(channels.size()));
        assertThat(channels)
                .allSatisfy(channel -> assertThat(test.listener.linesOf(channel))
                        .containsExactly("lost " + channel, "regained " + channel));
        assertThat(test.listener.count("lost")).isEqualTo(channels.size());
    }

    private long connections(int node) {
        return String.valueOf(cluster.execute(node, "CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=fanfare-feed"))
                .count();
    }

    @Test
    void everyChannel_isDeliveredFromItsNode() {
        // When
        CHANNELS.forEach(channel -> announce(firstOwner(channel), channel, 1));

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(test.listener.count("1 ")).isEqualTo(CHANNELS.size()));
        assertThat(test.listener.lines()).doesNotHaveDuplicates();
    }

    @Test
    void connections_areOnePerPrimary() {
        assertThat(IntStream.range(0, 6).mapToObj(this::connections)).containsExactly(1L, 1L, 1L, 0L, 0L, 0L);
        assertThat(test.metrics.expected).isEqualTo(3);
    }

    @Test
    void flappingInterest_leavesNothingInRedis() {
        // Given
        var random = new Random(7);

        // When
        for (int i = 0; i < 10_000; i++) {
            Channel channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
            if (random.nextBoolean()) {
                var _ = test.feed.subscribe(channel);
            } else {
                test.feed.unsubscribe(channel);
            }
        }
        CHANNELS.forEach(test.feed::unsubscribe);

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(IntStream.range(0, 3)
                                .mapToObj(node -> (List<?>)
                                        Objects.requireNonNull(cluster.execute(node, "PUBSUB", "SHARDCHANNELS")))
                                .flatMap(List::stream)
                                .filter(name -> !name.toString().contains("}:*")))
                        .isEmpty());
        assertThat(test.metrics.count("interest")).isZero();
    }

    @Test
    void resharding_tellsTheMovedPartitionsOnly() {
        // Given
        int last = Partition.all().get(15).slot();
        List<Channel> moved = where(channel -> slot(channel) <= last);

        // When
        movePartitions(0, 1, partition -> partition.slot() <= last);

        // Then
        awaitMoved(moved, SOON);
        moved.forEach(channel -> announce(1, channel, 2));
        List<Channel> stayed = where(channel -> firstOwner(channel) == 0 && slot(channel) > last);
        stayed.forEach(channel -> announce(0, channel, 2));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(test.listener.count("2 ")).isEqualTo(moved.size() + stayed.size()));
        test.awaitLive();
        assertThat(test.metrics.count("lost")).isZero();
    }

    @Test
    void nodeThatComesAndNodeThatGoes_areFollowed() {
        // Given
        int newcomer = cluster.addPrimary();

        // When
        movePartitions(1, newcomer, partition -> ownerOf(partition.slot()) == 1);

        // Then
        awaitMoved(where(channel -> firstOwner(channel) == 1), SOON);
        test.awaitLive();
        await().atMost(SOON).untilAsserted(() -> assertThat(connections(1)).isZero());
        assertThat(connections(newcomer)).isEqualTo(1);
        assertThat(test.metrics.expected).isEqualTo(3);
    }

    @Test
    void killedPrimary_isFollowedToItsReplica() {
        // Given
        List<Channel> concerned = where(channel -> firstOwner(channel) == 0);

        // When
        cluster.kill(0);

        // Then
        awaitMoved(concerned, AFTER_FAILOVER);
        concerned.forEach(channel -> announce(3, channel, 2));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(test.listener.count("2 ")).isEqualTo(concerned.size()));
        test.awaitLive();
    }

    @Test
    void demotedPrimary_isLeftForTheNewOne() {
        // When
        cluster.failOver(3);

        // Then
        awaitMoved(where(channel -> firstOwner(channel) == 0), SOON);
        await().atMost(SOON).untilAsserted(() -> assertThat(connections(0)).isZero());
        test.awaitLive();
    }

    @Test
    void frozenPrimary_isFollowedToItsReplica() {
        // Given
        List<Channel> concerned = where(channel -> firstOwner(channel) == 2);

        // When
        cluster.pause(2);

        // Then
        awaitMoved(concerned, AFTER_FAILOVER);
        concerned.forEach(channel -> announce(5, channel, 2));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(test.listener.count("2 ")).isEqualTo(concerned.size()));
        test.awaitLive();
    }

    @Test
    void primaryThatNobodyReplaces_staysExpected() {
        // When
        cluster.kill(5);
        cluster.kill(2);

        // Then
        await().atMost(SOON).until(() -> test.metrics.count("live") - test.metrics.count("lost") == 2);
        assertThat(test.metrics.expected).isEqualTo(3);
    }

    @Test
    void clusterThatNobodyReaches_isExpectedToHaveAPrimary() {
        // When
        try (FeedUnderTest lost = startFeed("redis://127.0.0.1:1")) {
            // Then
            await().atMost(SOON).until(() -> lost.metrics.expected == 1);
        }
    }

    @Test
    void subscribeWhileItsNodesAreAway_completesAfterTheReturn() {
        // Given
        cluster.kill(5);
        cluster.kill(2);
        await().atMost(SOON).until(() -> !test.feed.isLive());
        Channel late = IntStream.range(0, 1_000)
                .mapToObj(i -> new Channel("late" + i))
                .filter(channel -> firstOwner(channel) == 2)
                .findFirst()
                .orElseThrow();
        CompletableFuture<Void> subscribed = test.feed.subscribe(late);

        // When
        cluster.restart(2);

        // Then
        assertThat(subscribed).succeedsWithin(SOON);
        assertThat(test.listener.linesOf(late)).isEmpty();
    }

    @Test
    void deadSeeds_areSkipped() {
        // Given
        List<String> seeds = new ArrayList<>(List.of("redis://127.0.0.1:1", "redis://127.0.0.1:2"));
        seeds.add(cluster.uris().get(2));

        // When
        try (FeedUnderTest other = startFeed(seeds.toArray(String[]::new))) {
            // Then
            other.awaitLive();
        }
    }
}

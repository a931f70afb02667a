package dev.fanfare.redis.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.testkit.RedisSentinel;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedSentinelIT {

    private static final Channel A = new Channel("a");
    private static final Channel B = new Channel("b");
    /// The Sentinels wait half a second, then vote; the feed looks again at least every 2 s.
    private static final Duration AFTER_FAILOVER = Duration.ofSeconds(20);

    private RedisSentinel redis;
    private FeedUnderTest test;

    @BeforeEach
    void start() {
        redis = new RedisSentinel().start();
        var options = new RedisOptions().setType(RedisClientType.SENTINEL).setMasterName(RedisSentinel.MASTER_NAME);
        redis.uris().forEach(options::addConnectionString);
        test = FeedUnderTest.startedOn(options, Map.of());
        test.subscribe(A, B);
        test.awaitLive();
    }

    @AfterEach
    void stop() {
        test.close();
        redis.close();
    }

    private void awaitRegainedOn(int server) {
        await().atMost(AFTER_FAILOVER)
                .untilAsserted(() -> assertThat(test.listener.count("regained")).isEqualTo(2));
        assertThat(test.listener.linesOf(A)).containsExactly("lost a", "regained a");
        redis.execute(server, "PUBLISH", "a", "there");
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(test.listener.lines()).contains("plain a there"));
        test.awaitLive();
    }

    @Test
    void firstConnection_goesToThePrimary() {
        // When
        redis.execute(0, "PUBLISH", "a", "there");

        // Then
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(test.listener.lines()).containsExactly("plain a there"));
    }

    @Test
    void killedPrimary_isFollowedToItsReplica() {
        // When
        redis.kill(0);

        // Then
        awaitRegainedOn(1);
    }

    @Test
    void orderlyFailover_isFollowed() {
        // When
        redis.failOver();

        // Then
        awaitRegainedOn(1);
    }

    @Test
    void primaryDemotedBehindItsBack_isNoticed() {
        // Given: no Sentinel interferes, nor cuts the connections as it would
        freezeSentinels();

        // When
        redis.execute(0, "REPLICAOF", "127.0.0.1", "1");

        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(test.listener.count("lost")).isEqualTo(2));
        assertThat(test.metrics.count("lost demoted")).isEqualTo(2);
        assertThat(test.feed.isLive()).isFalse();
    }

    @Test
    void frozenSentinels_doNotDisturbAPrimaryThatWorks() {
        // When
        freezeSentinels();

        // Then
        await().during(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(8)).until(test.feed::isLive);
        assertThat(test.listener.lines()).isEmpty();
    }

    private void freezeSentinels() {
        for (int sentinel = 0; sentinel < 3; sentinel++) {
            redis.pauseSentinel(sentinel);
        }
    }
}

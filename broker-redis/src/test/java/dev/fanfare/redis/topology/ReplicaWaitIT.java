package dev.fanfare.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.channel.ChannelPattern;
import dev.fanfare.contract.channel.ChannelRule;
import dev.fanfare.contract.channel.ChannelRules;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.redis.connection.CommandLimits;
import dev.fanfare.testkit.RedisSentinel;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Rules that wait for replicas, where there is one replica.
class ReplicaWaitIT {

    @RegisterExtension
    static final RedisSentinel SENTINEL = new RedisSentinel();

    private static RedisUnderTest redis;

    private final Channel one = new Channel("one." + UUID.randomUUID());
    private final Channel two = new Channel("two." + UUID.randomUUID());
    private final Channel none = new Channel("none." + UUID.randomUUID());

    @BeforeAll
    static void connect() {
        var rules = new ChannelRules(List.of(rule("one.*", 1), rule("two.*", 2)));
        var options = new RedisOptions()
                .setType(RedisClientType.SENTINEL)
                .setMasterName(RedisSentinel.MASTER_NAME)
                .setEndpoints(SENTINEL.uris());
        var limits = new CommandLimits(RedisUnderTest.TIMEOUT, 10_000);
        redis = new RedisUnderTest(options, rules, limits, Duration.ofMinutes(5)).warm();
    }

    private static ChannelRule rule(String pattern, int replicas) {
        return new ChannelRule(new ChannelPattern(pattern), 100, Duration.ofMinutes(10), replicas, false);
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @AfterEach
    void repair() {
        SENTINEL.resume(1);
        SENTINEL.awaitReady();
    }

    @Test
    void confirmedMessages_areOnTheReplicaInOrder() {
        // When
        List<CompletableFuture<PublishOutcome>> futures = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> publish(one, "m" + i))
                .toList();

        // Then
        assertThat(futures.stream().map(future -> stored(future).position().offset()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(SENTINEL.execute(1, "HGET", redis.keys.meta(one), "o")).isEqualTo("200");
    }

    @Test
    void tooFewReplicas_failThePublishThoughItIsStored() {
        // Given
        publish(one, "a").join();

        // When
        CompletableFuture<PublishOutcome> unconfirmed = publish(two, "a");

        // Then
        assertUnconfirmed(unconfirmed, "1 of 2 replicas");
        assertThat(redis.history.tip(two).join().position().offset()).isEqualTo(1);
    }

    @Test
    void frozenReplica_failsOnlyThoseWhoWaitForIt() {
        // Given
        publish(one, "a").join();
        publish(none, "a").join();
        SENTINEL.pause(1);

        // When
        CompletableFuture<PublishOutcome> unconfirmed = publish(one, "b");
        CompletableFuture<PublishOutcome> free = publish(none, "b");

        // Then
        assertThat(free).succeedsWithin(Duration.ofMillis(500));
        assertUnconfirmed(unconfirmed, "0 of 1 replicas");
    }

    @Test
    void repeatedPublish_waitsForTheReplicasAgain() {
        // Given
        publish(one, "a").join();
        SENTINEL.pause(1);
        assertUnconfirmed(publish(one, "b"), "0 of 1 replicas");

        // When
        CompletableFuture<PublishOutcome> again = publish(one, "b");

        // Then
        assertUnconfirmed(again, "0 of 1 replicas");
        SENTINEL.resume(1);
        SENTINEL.awaitReady();
        assertThat(stored(publish(one, "b")).position().offset()).isEqualTo(2);
        assertThat(SENTINEL.execute(1, "HGET", redis.keys.meta(one), "o")).isEqualTo("2");
    }

    private static CompletableFuture<PublishOutcome> publish(Channel channel, String id) {
        return redis.publisher.publish(new Message(channel, id, RawJson.ofString("x"), null, null, Instant.EPOCH));
    }

    private static PublishOutcome.Stored stored(CompletableFuture<PublishOutcome> future) {
        return (PublishOutcome.Stored) future.join();
    }

    private static void assertUnconfirmed(CompletableFuture<PublishOutcome> future, String text) {
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOfSatisfying(
                        FanfareException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BROKER_UNAVAILABLE))
                .hasMessageContaining(text);
    }
}

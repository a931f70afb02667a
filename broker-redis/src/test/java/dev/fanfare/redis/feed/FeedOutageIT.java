package dev.fanfare.redis.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.testkit.MessagesDropped;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.TcpProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the feed does, with its default settings, when Redis or the way to it fails.
class FeedOutageIT {

    private static final Channel A = new Channel("a");
    private static final Channel B = new Channel("b");
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(10);
    private static final Duration HEALED_WITHIN = Duration.ofSeconds(5);

    private RedisServer redis;
    private TcpProxy proxy;
    private FeedUnderTest test;

    @BeforeEach
    void start() throws IOException {
        redis = RedisServer.disposable().start();
        proxy = new TcpProxy(redis.uri().getHost(), redis.uri().getPort());
        test = FeedUnderTest.startedOn("redis://127.0.0.1:" + proxy.port());
        test.subscribe(A, B);
        test.awaitLive();
    }

    @AfterEach
    void stop() throws IOException {
        test.close();
        proxy.close();
        redis.close();
    }

    private void awaitRegained() {
        await().atMost(HEALED_WITHIN)
                .untilAsserted(() -> assertThat(test.listener.count("regained")).isEqualTo(2));
        assertThat(test.listener.linesOf(A)).containsExactly("lost a", "regained a");
        assertThat(test.listener.linesOf(B)).containsExactly("lost b", "regained b");
        redis.execute("PUBLISH", "a", "back");
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(test.listener.lines()).contains("plain a back"));
        test.awaitLive();
    }

    /// Both channels are told, and both connections are lost, each for one of the reasons.
    private void awaitLost(LossReason... reasons) {
        await().atMost(NOTICED_WITHIN).untilAsserted(() -> {
            assertThat(test.listener.count("lost")).isEqualTo(2);
            assertThat(Stream.of(reasons)
                            .mapToInt(reason -> test.metrics.count("lost " + reason.slug()))
                            .sum())
                    .isEqualTo(2);
        });
    }

    @Test
    void redisRestart_isHealedWithinSeconds() {
        // When
        redis.restart();

        // Then
        awaitRegained();
    }

    @Test
    void redisKilled_isHealedWithinSecondsOfItsReturn() {
        // Given
        redis.kill();
        awaitLost(LossReason.CLOSED);
        assertThat(test.feed.isLive()).isFalse();
        CompletableFuture<Void> meanwhile = test.feed.subscribe(new Channel("c"));
        CompletableFuture<Void> again = test.feed.subscribe(A);

        // When
        redis.start();

        // Then
        awaitRegained();
        assertThat(meanwhile).succeedsWithin(HEALED_WITHIN);
        assertThat(again).succeedsWithin(HEALED_WITHIN);
        assertThat(test.listener.linesOf(new Channel("c"))).isEmpty();
    }

    @Test
    void frozenRedis_isNoticedAndHealed() {
        // Given
        redis.pause();
        awaitLost(LossReason.UNANSWERED, LossReason.DEAF);
        assertThat(test.feed.isLive()).isFalse();

        // When
        redis.resume();

        // Then
        awaitRegained();
    }

    @Test
    void killedPubSubClients_areBackWithinSeconds() {
        // When
        redis.execute("CLIENT", "KILL", "TYPE", "pubsub");

        // Then
        awaitRegained();
    }

    @Test
    void cutLink_isBackWithinSeconds() {
        // When
        proxy.cut();

        // Then
        awaitRegained();
    }

    @Test
    void halfOpenLink_isNoticedAndHealed() {
        // When
        proxy.halfOpen();

        // Then
        awaitLost(LossReason.UNANSWERED, LossReason.DEAF);
        awaitRegained();
    }

    @Test
    void stalledLink_isNoticedAndHealed() {
        // Given
        proxy.stall();
        // Deaf, where the last question was answered just before and its test message was not delivered.
        awaitLost(LossReason.UNANSWERED, LossReason.DEAF);
        assertThat(test.feed.isLive()).isFalse();

        // When
        proxy.flow();

        // Then
        awaitRegained();
    }

    @Test
    void unsubscribeWhileAway_isNotForgotten() {
        // Given
        redis.kill();
        awaitLost(LossReason.CLOSED);

        // When
        test.feed.unsubscribe(A);
        redis.start();

        // Then
        await().atMost(HEALED_WITHIN)
                .untilAsserted(() -> assertThat(test.listener.lines()).contains("regained b"));
        test.awaitLive();
        assertThat(test.listener.linesOf(A)).containsExactly("lost a");
        assertThat((List<?>) Objects.requireNonNull(redis.execute("PUBSUB", "CHANNELS", "a")))
                .isEmpty();
    }

    @Test
    void slowLink_isNotALoss() {
        // When
        proxy.delay(Duration.ofMillis(300));

        // Then
        await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(7)).until(test.feed::isLive);
        assertThat(test.metrics.count("lost")).isZero();
        assertThat(test.metrics.echoLatency).isGreaterThan(Duration.ofMillis(250));
    }

    @Test
    void redisThatPushesNothing_isNotLiveWithinTenSeconds() {
        // Given
        proxy.filterFromServer(MessagesDropped::new);
        proxy.cut();
        await().atMost(HEALED_WITHIN)
                .untilAsserted(() -> assertThat(test.listener.count("regained")).isEqualTo(2));

        // Then
        assertThat(test.feed.isLive()).isFalse();
        await().atMost(NOTICED_WITHIN)
                .untilAsserted(() -> assertThat(test.listener.count("lost")).isEqualTo(4));
    }
}

package dev.fanfare.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.testkit.MessagePublisherContract;
import dev.fanfare.testkit.RedisOptions;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.TlsFiles;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What the publisher survives, and how it fails.
class RedisCommandsIT {

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.disposable();

    private final Channel channel = new Channel("any." + UUID.randomUUID());
    private RedisUnderTest redis;

    @BeforeEach
    void connect() {
        redis = RedisUnderTest.at(REDIS.uri().toString()).warm();
    }

    @AfterEach
    void close() {
        REDIS.resume();
        redis.close();
    }

    @Test
    void forgottenScripts_areLoadedAgainAndTheOrderIsKept() {
        // Given
        publishAll(1, 10).forEach(CompletableFuture::join);
        REDIS.execute("SCRIPT", "FLUSH");

        // When
        List<CompletableFuture<PublishOutcome>> futures = publishAll(11, 500);

        // Then
        assertThat(offsetsOf(futures)).isEqualTo(offsets(11, 500));
    }

    @Test
    void connectionsThatAreKilledUnderLoad_loseNothingAndRepeatNothing() {
        // Given
        List<CompletableFuture<PublishOutcome>> futures = new ArrayList<>();

        // When
        for (int round = 0; round < 10; round++) {
            futures.addAll(publishAll(round * 200 + 1, round * 200 + 200));
            futures.get(round * 200).join();
            REDIS.execute("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }

        // Then
        assertThat(offsetsOf(futures)).isEqualTo(offsets(1, 2_000));
        assertThat(futures)
                .allSatisfy(future -> assertThat(stored(future).duplicate()).isFalse());
    }

    @Test
    void restartedRedis_isUsedAgainByTheSameClient() {
        // Given
        publishAll(1, 1).forEach(CompletableFuture::join);

        // When
        REDIS.restart();

        // Then
        assertThat(stored(publishAll(2, 2).getFirst()).position().offset()).isEqualTo(1);
    }

    @Test
    void frozenRedis_failsEveryCommandInTimeAndIsUsedAgainAfterwards() {
        // Given
        publishAll(1, 1).forEach(CompletableFuture::join);
        REDIS.pause();
        Instant start = Instant.now();

        // When
        List<CompletableFuture<PublishOutcome>> futures = publishAll(2, 50);

        // Then
        assertThat(futures).allSatisfy(RedisCommandsIT::assertUnavailable);
        assertThat(Duration.between(start, Instant.now())).isLessThan(RedisUnderTest.TIMEOUT.plusMillis(500));
        REDIS.resume();
        assertThat(publishAll(51, 51).getFirst()).succeedsWithin(RedisUnderTest.TIMEOUT);
    }

    @Test
    void frozenRedis_failsTheHealthCheckInTime() {
        // Given
        assertThat(redis.health.check()).succeedsWithin(RedisUnderTest.TIMEOUT);

        // When
        REDIS.pause();

        // Then
        assertUnavailable(redis.health.check());
        REDIS.resume();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(redis.health.check()).succeedsWithin(RedisUnderTest.TIMEOUT));
    }

    @Test
    void moreThanMayBePending_isRefusedAtOnce() {
        // Given
        var limits = new CommandLimits(RedisUnderTest.TIMEOUT, 10);
        try (var narrow = new RedisUnderTest(optionsAt(REDIS), MessagePublisherContract.RULES, limits)) {
            narrow.health.check().join();
            REDIS.pause();
            List<CompletableFuture<Void>> pending = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                pending.add(narrow.health.check());
            }

            // When
            CompletableFuture<Void> refused = narrow.health.check();

            // Then
            assertThat(refused).isCompletedExceptionally();
            assertThatThrownBy(refused::join).rootCause().hasMessageContaining("10 commands wait");
            REDIS.resume();
            assertThat(pending).allSatisfy(future -> assertThat(future).succeedsWithin(Duration.ofSeconds(5)));
            assertThat(narrow.health.check()).succeedsWithin(RedisUnderTest.TIMEOUT);
        }
    }

    @Test
    void wrongTypeOfKey_failsOnlyItsOwnChannel() {
        // Given
        REDIS.execute("SET", redis.keys.meta(channel), "not a hash");

        // When
        CompletableFuture<PublishOutcome> broken = publishAll(1, 1).getFirst();
        CompletableFuture<?> well = redis.history.tip(new Channel(channel.name() + ".other"));

        // Then
        assertUnavailable(broken);
        assertThatThrownBy(broken::join).rootCause().hasMessageStartingWith("WRONGTYPE");
        assertThat(well).succeedsWithin(RedisUnderTest.TIMEOUT);
    }

    @Test
    void closedClient_refuses() {
        // Given
        RedisUnderTest closed = RedisUnderTest.at(REDIS.uri().toString());

        // When
        closed.close();

        // Then
        assertUnavailable(closed.health.check());
    }

    @Test
    void password_isUsedAndAWrongOneFails() {
        try (RedisServer locked =
                RedisServer.with(RedisOptions.defaults().withPassword("sesame")).start()) {
            String uri = locked.uri().toString();
            try (RedisUnderTest right = RedisUnderTest.at(uri);
                    RedisUnderTest wrong = RedisUnderTest.at(uri.replace("sesame", "guess"))) {
                assertThat(right.health.check()).succeedsWithin(RedisUnderTest.TIMEOUT);
                CompletableFuture<Void> refused = wrong.health.check();
                assertUnavailable(refused);
                assertThatThrownBy(refused::join).rootCause().hasMessageContaining("WRONGPASS");
            }
        }
    }

    @Test
    void databaseNumber_isUsed() {
        try (RedisUnderTest third = RedisUnderTest.at(REDIS.uri() + "/3")) {
            // When
            third.history.tip(channel).join();

            // Then
            assertThat(REDIS.execute("EXISTS", third.keys.meta(channel))).isEqualTo(0L);
            // The meta hash and the index of its partition.
            assertThat(String.valueOf(REDIS.execute("INFO", "keyspace"))).contains("db3:keys=2");
        }
    }

    @Test
    void tls_isUsedAndAnUnknownCertificateFails(@TempDir Path folder) {
        TlsFiles files = TlsFiles.generate(folder);
        var known = new PemTrustOptions().addCertPath(files.certificate().toString());
        try (RedisServer secure =
                        RedisServer.with(RedisOptions.defaults().withTls(files)).start();
                RedisUnderTest trusting = overTls(secure, new NetClientOptions().setTrustOptions(known));
                RedisUnderTest strict = overTls(secure, new NetClientOptions())) {
            assertThat(trusting.health.check()).succeedsWithin(RedisUnderTest.TIMEOUT);
            assertUnavailable(strict.health.check());
        }
    }

    private static RedisUnderTest overTls(RedisServer server, NetClientOptions net) {
        var options = optionsAt(server).setNetClientOptions(net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS"));
        return new RedisUnderTest(
                options, MessagePublisherContract.RULES, new CommandLimits(RedisUnderTest.TIMEOUT, 100));
    }

    private static io.vertx.redis.client.RedisOptions optionsAt(RedisServer server) {
        return new io.vertx.redis.client.RedisOptions()
                .setConnectionString(server.uri().toString());
    }

    private List<CompletableFuture<PublishOutcome>> publishAll(int from, int to) {
        List<CompletableFuture<PublishOutcome>> futures = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            futures.add(redis.publisher.publish(
                    new Message(channel, "m" + i, RawJson.ofString("x"), null, null, Instant.EPOCH)));
        }
        return futures;
    }

    private static PublishOutcome.Stored stored(CompletableFuture<PublishOutcome> future) {
        return (PublishOutcome.Stored) future.join();
    }

    private static List<Long> offsetsOf(List<CompletableFuture<PublishOutcome>> futures) {
        return futures.stream()
                .map(future -> stored(future).position().offset())
                .toList();
    }

    private static List<Long> offsets(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static void assertUnavailable(CompletableFuture<?> future) {
        assertThatThrownBy(future::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        FanfareException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BROKER_UNAVAILABLE));
    }
}

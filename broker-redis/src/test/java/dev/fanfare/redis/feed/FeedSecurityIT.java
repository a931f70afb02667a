package dev.fanfare.redis.feed;

import static dev.fanfare.testkit.RedisOptions.defaults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contract.channel.Channel;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.TlsFiles;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.RedisOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The feed on a Redis that asks who is there.
class FeedSecurityIT {

    private static final Channel A = new Channel("a");

    private static void assertDelivers(FeedUnderTest test, RedisServer redis) {
        test.subscribe(A);
        test.awaitLive();
        redis.execute("PUBLISH", "a", "hello");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(test.listener.lines()).containsExactly("plain a hello"));
    }

    @Test
    void passwordInTheAddress_isUsed() {
        try (RedisServer redis =
                        RedisServer.with(defaults().withPassword("s3cret")).start();
                FeedUnderTest test = FeedUnderTest.startedOn(redis.uri() + "/3?client=any")) {
            assertDelivers(test, redis);
        }
    }

    @Test
    void passwordInTheOptions_isUsed() {
        try (RedisServer redis =
                        RedisServer.with(defaults().withPassword("s3cret")).start();
                FeedUnderTest test = FeedUnderTest.startedOn(
                        new RedisOptions()
                                .setConnectionString("redis://" + redis.uri().getHost() + ":"
                                        + redis.uri().getPort())
                                .setPassword("s3cret"),
                        Map.of())) {
            assertDelivers(test, redis);
        }
    }

    @Test
    void wrongPassword_isNeverLive() {
        try (RedisServer redis =
                        RedisServer.with(defaults().withPassword("s3cret")).start();
                FeedUnderTest test = FeedUnderTest.startedOn("redis://:wrong@"
                        + redis.uri().getHost() + ":" + redis.uri().getPort())) {
            // Then
            await().atMost(Duration.ofSeconds(5)).until(() -> test.metrics.count("connectFailed") >= 4);
            assertThat(test.feed.isLive()).isFalse();
        }
    }

    @Test
    void tls_isSpokenAndTheCertificateChecked(@TempDir Path directory) {
        // Given
        TlsFiles tls = TlsFiles.generate(directory);
        try (RedisServer redis = RedisServer.with(defaults().withTls(tls)).start()) {
            var trusting = new NetClientOptions()
                    .setSsl(true)
                    .setHostnameVerificationAlgorithm("")
                    .setTrustOptions(
                            new PemTrustOptions().addCertPath(tls.certificate().toString()));
            var suspicious = new NetClientOptions().setSsl(true).setHostnameVerificationAlgorithm("");
            try (FeedUnderTest good = FeedUnderTest.startedOn(options(redis, trusting), Map.of());
                    FeedUnderTest bad = FeedUnderTest.startedOn(options(redis, suspicious), Map.of())) {
                // Then
                assertDelivers(good, redis);
                await().atMost(Duration.ofSeconds(10)).until(() -> bad.metrics.count("connectFailed") >= 2);
                assertThat(bad.feed.isLive()).isFalse();
            }
        }
    }

    private static RedisOptions options(RedisServer redis, NetClientOptions net) {
        return new RedisOptions().setConnectionString(redis.uri().toString()).setNetClientOptions(net);
    }

    @Test
    void forbiddenPlainChannel_costsTheOthersNothing() {
        try (RedisServer redis = RedisServer.disposable().start()) {
            redis.execute("ACL", "SETUSER", "gateway", "on", ">pw", "+@all", "~*", "&t*", "&a");
            try (FeedUnderTest test = FeedUnderTest.startedOn("redis://gateway:pw@"
                    + redis.uri().getHost() + ":" + redis.uri().getPort())) {
                // When
                test.subscribe(new Channel("secret"), new Channel("hidden"), A);

                // Then
                assertDelivers(test, redis);
                assertThat(test.metrics.count("lost")).isZero();
            }
        }
    }
}

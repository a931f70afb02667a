package dev.fanfare.redis.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contract.broker.ApiKey;
import dev.fanfare.contract.broker.ChannelStatus;
import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.contract.broker.LeaseOutcome;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.broker.PageRequest;
import dev.fanfare.contract.broker.PublishOutcome;
import dev.fanfare.contract.broker.Revocation;
import dev.fanfare.contract.broker.RevocationTarget;
import dev.fanfare.contract.broker.RevocationTarget.Kind;
import dev.fanfare.contract.channel.Channel;
import dev.fanfare.contract.message.Message;
import dev.fanfare.contract.message.RawJson;
import dev.fanfare.contract.message.StoredMessage;
import dev.fanfare.contract.message.StreamPosition;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.redis.keys.Partition;
import dev.fanfare.testkit.RedisServer;
import dev.fanfare.testkit.RespClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the scripts leave in Redis, as `docs/reference/redis-layout.md` says it.
class LayoutIT {

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.shared();

    private static RedisUnderTest redis;

    private final Channel channel = new Channel("any." + UUID.randomUUID());

    @BeforeAll
    static void connect() {
        redis = RedisUnderTest.at(REDIS.uri().toString()).warm();
    }

    @AfterAll
    static void close() {
        redis.close();
    }

    @Test
    void announcement_carriesPositionAndTheStoredBytes() throws IOException {
        try (RespClient subscriber = REDIS.connect()) {
            // Given
            String name = redis.keys.announcement(channel);
            subscriber.execute("SUBSCRIBE", name);

            // When
            String epoch = publish("a:☂").epoch();
            String first = mark();
            publish("a:☂");
            publish("b");

            // Then: the repeated one is not announced
            assertThat(subscriber.read())
                    .isEqualTo(List.of(
                            "message", name, "1:" + epoch + ":1:" + first + ":0:" + StoredMessage.of(message("a:☂"))));
            assertThat(subscriber.read())
                    .isEqualTo(List.of(
                            "message",
                            name,
                            "1:" + epoch + ":2:" + mark() + ":" + first + ":" + StoredMessage.of(message("b"))));
        }
    }

    @Test
    void streamEntry_hasTheOffsetAsItsIdTheStoredBytesAndTheLink() {
        // When
        publish("a");

        // Then
        String bytes = StoredMessage.of(message("a")).toString();
        assertThat(REDIS.execute("XRANGE", redis.keys.stream(channel), "-", "+"))
                .isEqualTo(List.of(List.of("1-0", List.of("m", bytes, "k", mark(), "p", "0"))));
    }

    @Test
    void everyKey_expiresAndMetaOutlivesTheStream() {
        // When
        publish("a");

        // Then
        assertThat(ttlMillis(redis.keys.stream(channel)))
                .isBetween(590_000L, Duration.ofMinutes(10).toMillis());
        assertThat(ttlMillis(redis.keys.meta(channel)))
                .isBetween(RedisUnderTest.META_TTL.toMillis() - 10_000, RedisUnderTest.META_TTL.toMillis());
        assertThat(ttlMillis(redis.keys.idempotency(channel, "a"))).isBetween(1L, 2_000L);
    }

    @Test
    void index_hasTheChannelsThatHaveAnEpochAndDropsTheOthersByAndBy() {
        // Given
        String index = redis.keys.channels(Partition.of(channel));
        List<Channel> others = Stream.iterate(0, i -> i + 1)
                .map(i -> new Channel("any.index." + i))
                .filter(other -> Partition.of(other).equals(Partition.of(channel)))
                .limit(40)
                .toList();
        REDIS.execute("ZADD", index, "0", "gone.1", "0", "gone.2", "0", "gone.3");
        publish("a");

        // When
        others.forEach(other -> redis.history.tip(other).join());

        // Then
        assertThat((List<?>) REDIS.execute("ZRANGE", index, "0", "-1"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains(channel.name())
                .containsAll(others.stream().map(Channel::name).toList())
                .filteredOn(name -> name.startsWith("gone."))
                .hasSizeLessThan(3);
    }

    @Test
    void status_countsTheFeedConnectionsThatListen() throws IOException {
        try (RespClient subscriber = REDIS.connect()) {
            // Given
            publish("a");
            subscriber.execute("SUBSCRIBE", redis.keys.announcement(channel));

            // When
            ChannelStatus status = redis.directory.status(channel).join();

            // Then
            assertThat(status.gateways()).isEqualTo(1);
            assertThat(status.isActive()).isTrue();
        }
    }

    @Test
    void readsOfAnUnknownChannel_leaveNoKey() {
        // When
        redis.directory.status(channel).join();
        redis.history
                .page(channel, new PageRequest(PageRequest.Direction.OLDEST_FIRST, null, null, 1, 1))
                .join();

        // Then
        assertThat(REDIS.execute("EXISTS", redis.keys.meta(channel), redis.keys.stream(channel)))
                .isEqualTo(0L);
    }

    @Test
    void ephemeralChannel_hasNoStream() {
        // Given
        Channel ephemeral = new Channel("eph." + UUID.randomUUID());

        // When
        redis.publisher.publish(message(ephemeral, "a")).join();

        // Then
        assertThat(REDIS.execute("EXISTS", redis.keys.stream(ephemeral))).isEqualTo(0L);
        assertThat(REDIS.execute("HGET", redis.keys.meta(ephemeral), "o")).isEqualTo("1");
    }

    @Test
    void streamLeftFromAnOlderEpoch_isDropped() {
        // Given
        publish("a");
        publish("b");
        REDIS.execute("DEL", redis.keys.meta(channel));

        // When
        StreamPosition position = publish("c");

        // Then
        assertThat(position.offset()).isEqualTo(1);
        assertThat(REDIS.execute("XLEN", redis.keys.stream(channel))).isEqualTo(1L);
    }

    @Test
    void readOfAnAgingChannel_renewsItsMeta() {
        // Given
        publish("a");
        REDIS.execute("EXPIRE", redis.keys.meta(channel), "60");

        // When
        redis.history.tip(channel).join();

        // Then
        assertThat(ttlMillis(redis.keys.meta(channel)))
                .isGreaterThan(Duration.ofDays(29).toMillis());
    }

    @Test
    void fence_isAheadOfTheClockOfRedis() {
        // Given
        String seconds = String.valueOf(REDIS.execute("EVAL", "return redis.call('TIME')[1]", "0"));
        long micros = Long.parseLong(seconds) * 1_000_000;

        // When
        var held = (LeaseOutcome.Held)
                redis.leases.acquire("fence", "me", Duration.ofSeconds(1)).join();

        // Then
        assertThat(held.fence()).isGreaterThanOrEqualTo(micros);
        assertThat(REDIS.execute("HGET", redis.keys.lease("fence"), "f")).isEqualTo(Long.toString(held.fence()));
    }

    @Test
    void wellInstance_isScoredByTheTimeOfItsEndAndTheKeysEndWithTheLast() {
        // Given
        String key = redis.keys.instances("gateway");
        var load = new InstanceLoad(1200, Duration.ofMillis(3), 52_000, Duration.ofMinutes(1));
        redis.instances
                .announce("gateway", "a", true, load, Duration.ofSeconds(60))
                .join();

        // When
        redis.instances
                .announce("gateway", "b", true, InstanceLoad.NONE, Duration.ofSeconds(20))
                .join();

        // Then
        String expiresAt = String.valueOf(REDIS.execute("PEXPIRETIME", key));
        assertThat(REDIS.execute("ZSCORE", key, "a")).isEqualTo(expiresAt);
        assertThat(ttlMillis(key)).isBetween(40_000L, 60_000L);
        assertThat(REDIS.execute("ZRANGE", key, "0", "-1")).isEqualTo(List.of("b", "a"));
        assertThat(REDIS.execute("HGET", redis.keys.loads("gateway"), "a")).isEqualTo("1200 3 52000 60000");
        assertThat(String.valueOf(REDIS.execute("PEXPIRETIME", redis.keys.loads("gateway"))))
                .isEqualTo(expiresAt);
    }

    @Test
    void revocations_areAsDocumented() {
        // Given
        String log = redis.keys.revocations();
        String ends = redis.keys.revocationEnds();
        REDIS.execute("DEL", log, ends);

        // When
        Revocation one = revoke(Kind.SUBJECT, "alice and bob", Duration.ofSeconds(60));
        Revocation other = revoke(Kind.CHANNEL, "iss.*", Duration.ofSeconds(20));

        // Then
        assertThat(REDIS.execute("ZRANGE", log, "0", "-1"))
                .isEqualTo(List.of(member(one, "subject alice and bob"), member(other, "channel iss.*")));
        assertThat(REDIS.execute("ZSCORE", ends, String.valueOf(one.serial())))
                .isEqualTo(String.valueOf(one.until().toEpochMilli()));
        for (String key : List.of(log, ends)) {
            assertThat(REDIS.execute("PEXPIRETIME", key)).isEqualTo(one.until().toEpochMilli());
        }
    }

    private static Revocation revoke(Kind kind, String value, Duration memory) {
        return redis.revocations
                .revoke(new RevocationTarget(kind, value), Duration.ofSeconds(1), memory)
                .join();
    }

    private static String member(Revocation revocation, String kindAndValue) {
        String[] parts = kindAndValue.split(" ", 2);
        return "%d %s %d %d %d %s"
                .formatted(
                        revocation.serial(),
                        parts[0],
                        revocation.madeAt().toEpochMilli(),
                        revocation.effectiveAt().toEpochMilli(),
                        revocation.until().toEpochMilli(),
                        parts[1]);
    }

    @Test
    void apiKeys_areAsDocumented() {
        // Given
        String hash = "0123456789abcdef".repeat(4);

        // When
        redis.apiKeys.create(new ApiKey.Draft("shop", hash, "the shop", "{}")).join();
        ApiKey key = redis.apiKeys.enable("shop", false).join().orElseThrow();

        // Then
        assertThat(REDIS.execute("HGET", redis.keys.apiKeys(), "shop"))
                .isEqualTo("shop\t%d\t0\t%d\t%s\tthe shop\t{}"
                        .formatted(key.version(), key.createdAt().toEpochMilli(), hash));
        assertThat(REDIS.execute("ZSCORE", redis.keys.apiKeyChanges(), "shop"))
                .isEqualTo(String.valueOf(key.version()));
        assertThat(REDIS.execute("PTTL", redis.keys.apiKeys())).isEqualTo(-1L);
    }

    @Test
    void publicKeys_areAsDocumented() {
        // When
        redis.publicKeys
                .announce("2026-11", "{\"kty\":\"EC\"}", Duration.ofSeconds(60))
                .join();

        // Then
        long since =
                redis.publicKeys.publicKeys().join().keys().getFirst().since().toEpochMilli();
        assertThat(REDIS.execute("HGET", redis.keys.publicKeys(), "2026-11"))
                .isEqualTo(since + " " + (since + 60_000) + " {\"kty\":\"EC\"}");
        assertThat(REDIS.execute("PEXPIRETIME", redis.keys.publicKeys())).isEqualTo(since + 60_000);
    }

    @Test
    void connections_areAsDocumented() {
        // Given
        String instance = "gateway-" + UUID.randomUUID();
        var alices = new OpenConnection(
                "c1",
                "alice",
                "::1",
                Instant.ofEpochMilli(12),
                "fanfare.v1",
                3,
                List.of(new Channel("a"), new Channel("b")));
        var strangers = new OpenConnection("c2", null, "::1", Instant.ofEpochMilli(13), "plain", 0, List.of());
        Duration lease = Duration.ofSeconds(60);

        // When
        redis.connections.watch(instance, lease, 0).join();
        redis.connections
                .report(
                        instance,
                        1,
                        List.of(new ConnectionChange.Opened(alices), new ConnectionChange.Opened(strangers)),
                        lease)
                .join();
        ConnectionEnd end = redis.connections
                .end(ConnectionEnd.Kind.SUBJECT, "alice and bob")
                .join();

        // Then
        assertThat(REDIS.execute("ZRANGE", redis.keys.connections(instance), "0", "-1"))
                .isEqualTo(List.of("\tc2\t13\tplain\t::1\t0\t", "alice\tc1\t12\tfanfare.v1\t::1\t3\ta b"));
        assertThat(REDIS.execute("GET", redis.keys.connectionReports(instance))).isEqualTo("1");
        assertThat(ttlMillis(redis.keys.connections(instance))).isBetween(1L, lease.toMillis());
        assertThat(REDIS.execute("ZSCORE", redis.keys.connectionLeases(), instance))
                .isNotNull();
        assertThat(REDIS.execute("ZRANGE", redis.keys.connectionEnds(), "-1", "-1"))
                .isEqualTo(List.of(end.serial() + " subject alice and bob"));
    }

    @Test
    void budget_isThereUntilNothingIsSpentAnyMore() {
        // Given
        String budget = "of " + channel;
        String key = redis.keys.budget(budget);
        Instant before = Instant.now();

        // When
        redis.budgets.spend(budget, Duration.ofSeconds(60)).join();

        // Then
        long wholeAtMicros = Long.parseLong(String.valueOf(REDIS.execute("GET", key)));
        assertThat(Instant.ofEpochMilli(wholeAtMicros / 1000))
                .isBetween(before.plusSeconds(59), before.plusSeconds(80));
        assertThat(ttlMillis(key)).isBetween(1L, 60_000L);
    }

    @Test
    void sourcesOfTheScripts_haveTheDigestsOfRedis() {
        for (LuaScript script : LuaScript.values()) {
            assertThat(REDIS.execute("SCRIPT", "LOAD", script.source())).isEqualTo(script.sha1());
        }
    }

    private StreamPosition publish(String id) {
        return ((PublishOutcome.Stored) redis.publisher.publish(message(id)).join()).position();
    }

    private String mark() {
        return String.valueOf(REDIS.execute("HGET", redis.keys.meta(channel), "k"));
    }

    private Message message(String id) {
        return message(channel, id);
    }

    private static Message message(Channel channel, String id) {
        return new Message(channel, id, RawJson.ofString("data"), null, null, Instant.EPOCH);
    }

    private static long ttlMillis(String key) {
        return Long.parseLong(String.valueOf(REDIS.execute("PTTL", key)));
    }
}

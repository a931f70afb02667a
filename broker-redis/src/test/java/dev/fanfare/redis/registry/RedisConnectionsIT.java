package dev.fanfare.redis.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contract.broker.ConnectionChange;
import dev.fanfare.contract.broker.ConnectionEnd;
import dev.fanfare.contract.broker.ConnectionQuery;
import dev.fanfare.contract.broker.ConnectionRegistry;
import dev.fanfare.contract.broker.InstanceLoad;
import dev.fanfare.contract.broker.OpenConnection;
import dev.fanfare.contract.failure.ErrorCode;
import dev.fanfare.contract.failure.FanfareException;
import dev.fanfare.redis.RedisUnderTest;
import dev.fanfare.testkit.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What only Redis can do to connections and loads: commands that come twice, clocks that go back, keys that stay.
class RedisConnectionsIT {

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final String INSTANCE = "gateway-1";

    @RegisterExtension
    static final RedisServer REDIS = RedisServer.shared();

    private final RedisUnderTest redis =
            RedisUnderTest.at(REDIS.uri().toString()).warm();

    @AfterEach
    void close() {
        redis.close();
    }

    private static ConnectionChange opened(String id) {
        return new ConnectionChange.Opened(
                new OpenConnection(id, "alice", "::1", Instant.EPOCH, "plain", 0, List.of()));
    }

    private List<String> listed() {
        return redis
                .connections
                .list(new ConnectionQuery("alice", null, null, ConnectionRegistry.MAX_LIMIT))
                .join()
                .connections()
                .stream()
                .map(each -> each.connection().id())
                .toList();
    }

    private boolean report(long number, String id) {
        return redis.connections
                .report(INSTANCE, number, List.of(opened(id)), LEASE)
                .join();
    }

    /// Microseconds since 1970, by the clock of Redis.
    private static long micros() {
        if (REDIS.execute("TIME") instanceof List<?> time) {
            return TimeUnit.SECONDS.toMicros(Long.parseLong(String.valueOf(time.getFirst())))
                    + Long.parseLong(String.valueOf(time.getLast()));
        }
        throw new AssertionError("Redis tells no time");
    }

    @Test
    void reportThatComesTwice_isTakenTwice_asAfterAReplyThatWasLost() {
        // Given
        redis.connections.watch(INSTANCE, LEASE, 0).join();
        report(1, "a");
        report(2, "b");

        // When
        boolean again = report(2, "b");

        // Then
        assertThat(again).isTrue();
        assertThat(report(3, "c")).isTrue();
        assertThat(listed()).containsExactly("a", "b", "c");
    }

    @Test
    void instanceWhoseLeaseHasEnded_isNotListedThoughNobodyHasSweptIt() {
        // Given
        redis.connections.watch(INSTANCE, LEASE, 0).join();
        report(1, "a");

        // When
        REDIS.execute("ZADD", redis.keys.connectionLeases(), "1000", INSTANCE);

        // Then
        assertThat(listed()).isEmpty();
        assertThat(REDIS.execute("EXISTS", redis.keys.connections(INSTANCE))).isEqualTo(1L);
    }

    @Test
    void clockThatHasGoneBack_doesNotPutAnEndBeforeThoseThatWereRead() {
        // Given
        long future = micros() + TimeUnit.MINUTES.toMicros(1);
        REDIS.execute("ZADD", redis.keys.connectionEnds(), String.valueOf(future), future + " subject bert");

        // When
        ConnectionEnd end =
                redis.connections.end(ConnectionEnd.Kind.SUBJECT, "alice").join();

        // Then
        assertThat(end.serial()).isEqualTo(future + 1);
    }

    @Test
    void asManyEndsAsAreKept_refuseTheNext() {
        // Given
        long now = micros();
        List<String> command = new ArrayList<>(List.of("ZADD", redis.keys.connectionEnds()));
        for (int i = 1; i < ConnectionRegistry.MAX_ENDS; i++) {
            command.add(String.valueOf(now + i));
            command.add((now + i) + " subject s" + i);
        }
        REDIS.execute(command.toArray(String[]::new));

        // When
        redis.connections.end(ConnectionEnd.Kind.SUBJECT, "the last").join();

        // Then
        assertThatThrownBy(() -> redis.connections
                        .end(ConnectionEnd.Kind.SUBJECT, "one too many")
                        .join())
                .hasCauseInstanceOf(FanfareException.class)
                .cause()
                .extracting(failure -> ((FanfareException) failure).code())
                .isEqualTo(ErrorCode.OVERLOADED);
    }

    @Test
    void instanceThatIsNotWell_leavesNoLoadBehind() {
        // Given
        redis.instances
                .announce("gateway", INSTANCE, true, InstanceLoad.NONE, LEASE)
                .join();
        redis.instances
                .announce("gateway", "gateway-2", true, InstanceLoad.NONE, LEASE)
                .join();

        // When
        redis.instances
                .announce("gateway", INSTANCE, false, InstanceLoad.NONE, LEASE)
                .join();

        // Then
        assertThat(REDIS.execute("HKEYS", redis.keys.loads("gateway"))).isEqualTo(List.of("gateway-2"));
    }
}

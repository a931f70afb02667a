package dev.fanfare.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.RedisServer;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Which primary commands go to when Sentinels do not agree, or change their mind while the old one answers.
class SentinelTopologyIT {

    private static final CommandLimits LIMITS = new CommandLimits(Duration.ofSeconds(2), 100, Duration.ofMillis(100));

    @RegisterExtension
    static final RedisServer OLD = RedisServer.disposable();

    @RegisterExtension
    static final RedisServer NEW = RedisServer.disposable();

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private RedisCommands commands(String... sentinels) {
        var options = new RedisOptions()
                .setType(RedisClientType.SENTINEL)
                .setMasterName("any")
                .setEndpoints(List.of(sentinels));
        return new RedisCommands(new RedisClients(vertx, options), List.of(), LIMITS, new Random(1));
    }

    private static void set(RedisCommands commands, String key) {
        commands.send(new RedisCommand(0, Request.cmd(Command.SET, key, "1"))).join();
    }

    private static long exists(RedisServer server, String key) {
        return (Long) Objects.requireNonNull(server.execute("EXISTS", key));
    }

    @Test
    void newestConfiguration_isBelievedWhoeverAnswersFirst() throws Exception {
        // Given
        var behind = new FakeSentinel(vertx, 1, OLD.uri().getPort());
        var current = new FakeSentinel(vertx, 2, NEW.uri().getPort());

        for (List<FakeSentinel> order : List.of(List.of(behind, current), List.of(current, behind))) {
            String key = "newest" + order.indexOf(behind);

            // When
            try (RedisCommands commands =
                    commands(order.stream().map(FakeSentinel::uri).toArray(String[]::new))) {
                set(commands, key);
            }

            // Then
            assertThat(exists(NEW, key)).isEqualTo(1L);
            assertThat(exists(OLD, key)).isEqualTo(0L);
        }
    }

    @Test
    void replacedPrimary_isLeftThoughItAnswers() throws Exception {
        // Given
        var sentinel = new FakeSentinel(vertx, 1, OLD.uri().getPort());
        try (RedisCommands commands = commands(sentinel.uri())) {
            set(commands, "before");
            assertThat(exists(OLD, "before")).isEqualTo(1L);

            // When
            sentinel.believe(2, NEW.uri().getPort());

            // Then
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                set(commands, "after");
                return exists(NEW, "after") == 1;
            });
        }
    }

    @Test
    void sentinelThatIsAway_isDoneWithout() throws Exception {
        // Given
        var sentinel = new FakeSentinel(vertx, 1, OLD.uri().getPort());

        // When
        try (RedisCommands commands = commands("redis://127.0.0.1:1", sentinel.uri())) {
            set(commands, "alone");
        }

        // Then
        assertThat(exists(OLD, "alone")).isEqualTo(1L);
    }

    @Test
    void noSentinel_failsTheCommandInTime() {
        try (RedisCommands commands = commands("redis://127.0.0.1:1")) {
            assertThat(commands.send(new RedisCommand(0, Request.cmd(Command.PING))))
                    .failsWithin(LIMITS.timeout().plusSeconds(2));
        }
    }
}

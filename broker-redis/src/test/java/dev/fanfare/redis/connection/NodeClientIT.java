package dev.fanfare.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.RedisSentinel;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodeClientIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @RegisterExtension
    static final RedisSentinel SENTINEL = new RedisSentinel();

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final NodeClient client = new NodeClient(
            vertx,
            new RedisOptions()
                    .setType(RedisClientType.SENTINEL)
                    .setMasterName(RedisSentinel.MASTER_NAME)
                    .setEndpoints(SENTINEL.uris())
                    // Each attempt asks a Sentinel.
                    .setTopologyCacheTTL(1),
            TIMEOUT);

    /// A client that has used its connection to the first Sentinel several times, and then waits for it.
    @BeforeEach
    void freezeTheFirstSentinel() throws Exception {
        vertx.exceptionHandler(uncaught::add);
        for (int i = 0; i < 5; i++) {
            await(await(onLoop(client::connect)).close());
        }
        SENTINEL.pauseSentinel(0);
    }

    @AfterEach
    void close() throws Exception {
        SENTINEL.resumeSentinel(0);
        await(vertx.close());
    }

    @Test
    void attemptsThatHangTogether_replaceTheClientOnce() throws Exception {
        // When
        List<Future<RedisConnection>> attempts =
                onLoop(() -> Stream.generate(client::connect).limit(3).toList());
        await(Future.join(attempts).otherwiseEmpty());

        // Then
        assertThat(attempts).allMatch(Future::failed);
        assertThat(await(onLoop(client::connect))).isNotNull();
        assertThat(uncaught).isEmpty();
    }

    private <T> T onLoop(Supplier<T> call) throws Exception {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(_ -> promise.complete(call.get()));
        return await(promise.future());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}

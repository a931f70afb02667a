package dev.fanfare.redis.connection;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A Vert.x client for one node. Confined to the event loop, on which its connections then live too.
///
/// The client itself has no deadline: a connection attempt to a frozen node occupies its place in the
/// pool for as long as the kernel keeps the socket, and a frozen address blocks every later attempt.
/// So a client whose attempt came to nothing in time is thrown away, and the next one asks the
/// addresses in another order.
final class NodeClient {

    private final Vertx vertx;
    private final RedisOptions options;
    private final Duration timeout;
    private @Nullable Redis client;

    NodeClient(Vertx vertx, RedisOptions options, Duration timeout) {
        this.vertx = vertx;
        // Names of its own, or its meters would collide with those of Quarkus' client.
        String name = metricsName(URI.create(options.getEndpoint()));
        this.options = new RedisOptions(options).setPoolName(name).setMetricsName(name);
        this.timeout = timeout;
    }

    private static String metricsName(URI endpoint) {
        return "fanfare-" + endpoint.getHost() + ":" + endpoint.getPort();
    }

    Future<RedisConnection> connect() {
        Redis current = client;
        if (current == null) {
            current = Redis.createClient(vertx, options);
            client = current;
        }
        Redis asked = current;
        Promise<RedisConnection> promise = Promise.promise();
        long timer = vertx.setTimer(timeout.toMillis(), _ -> {
            if (promise.tryFail(new TimeoutException("no connection within " + timeout))) {
                replace(asked);
            }
        });
        asked.connect().onComplete(connected -> {
            vertx.cancelTimer(timer);
            if (connected.failed()) {
                promise.tryFail(connected.cause());
            } else {
                promise.tryComplete(connected.result());
            }
        });
        return promise.future();
    }

    private void replace(Redis hung) {
        if (!hung.equals(client)) {
            // Other attempts hung with it. A second close throws: Vert.x counts each use of a pooled connection
            // and only one end of it, so the pool stays behind, closed, and does not bear to be closed again.
            return;
        }
        client = null;
        List<String> addresses = new ArrayList<>(options.getEndpoints());
        Collections.rotate(addresses, -1);
        options.setEndpoints(addresses);
        // Closes its sockets too, whatever state they are in.
        hung.close();
    }

    /// Closes `dead` for good. Closing alone would put it back into the pool of the client as if it
    /// were well; one that has seen a pub/sub command is not taken back.
    static void discard(RedisConnection dead) {
        dead.endHandler(null);
        dead.exceptionHandler(_ -> {});
        dead.handler(_ -> {});
        dead.send(Request.cmd(Command.UNSUBSCRIBE)).onComplete(_ -> {});
        dead.close().onComplete(_ -> {});
    }

    void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}

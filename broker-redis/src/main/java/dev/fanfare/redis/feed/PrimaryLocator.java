package dev.fanfare.redis.feed;

import dev.fanfare.redis.resp.RedisEndpoint;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Knows where the primary is to which a link belongs. Used on the loop of the link.
interface PrimaryLocator {

    /// The primary of this moment; the future completes on the loop.
    Future<RedisEndpoint> locate();

    /// Whether the answer may change while the present primary works, so that it must be asked for
    /// regularly.
    boolean canMove();

    /// One of these servers, whichever is the primary: each attempt tries the next.
    static PrimaryLocator among(List<RedisEndpoint> endpoints) {
        var next = new AtomicInteger();
        return new PrimaryLocator() {
            @Override
            public Future<RedisEndpoint> locate() {
                return Future.succeededFuture(endpoints.get(Math.floorMod(next.getAndIncrement(), endpoints.size())));
            }

            @Override
            public boolean canMove() {
                return false;
            }
        };
    }
}

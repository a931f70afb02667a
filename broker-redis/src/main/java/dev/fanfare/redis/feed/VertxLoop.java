package dev.fanfare.redis.feed;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;

/// An event loop of Vert.x.
final class VertxLoop implements FeedLoop {

    private final Vertx vertx;
    private final Context context;

    /// Takes the next event loop in turn.
    VertxLoop(Vertx vertx) {
        this.vertx = vertx;
        // getOrCreateContext would give every caller of one thread the same loop, and so all connections.
        this.context = ((VertxInternal) vertx).createEventLoopContext();
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(_ -> task.run());
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        long id = vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
        return () -> vertx.cancelTimer(id);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}

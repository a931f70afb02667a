package dev.fanfare.publisher.lifecycle;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;

/// One event loop for each core that the container has.
///
/// With the default of two per core a request changes threads between its connection, that to Redis and back, and
/// nothing runs beside it meanwhile. `quarkus.vertx.event-loops-pool-size` is overruled.
@Singleton
final class EventLoops implements VertxOptionsCustomizer {

    @Override
    public void accept(VertxOptions options) {
        options.setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    }
}

package dev.fanfare.gateway.edge;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;

/// One event loop for each core that the container has.
///
/// The default of two per core makes loops take turns on a core, which splits batches and costs 1.6
/// times as much per delivery (ADR 5). `quarkus.vertx.event-loops-pool-size` is overruled.
@Singleton
public class EventLoops implements VertxOptionsCustomizer {

    @Override
    public void accept(VertxOptions options) {
        options.setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    }
}

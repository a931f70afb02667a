package dev.fanfare.gateway.edge;

import dev.fanfare.gateway.connection.Connections;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/// One event loop for each core that the container has.
///
/// The default of two per core makes loops take turns on a core, which splits batches and costs 1.6
/// times as much per delivery (ADR 5). `quarkus.vertx.event-loops-pool-size` is overruled.
@Singleton
public class EventLoops implements VertxOptionsCustomizer {

    private static final Logger LOG = Logger.getLogger(EventLoops.class);

    @Override
    public void accept(VertxOptions options) {
        options.setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
    }

    void onStart(@Observes StartupEvent event, Vertx vertx, Connections connections, MeterRegistry registry) {
        List<EventLoop> loops = NettyChannels.loopsOf(vertx);
        connections.start(loops);
        String transport = vertx.isNativeTransportEnabled() ? "epoll" : "nio";
        Gauge.builder("fanfare.gateway.transport", () -> 1)
                .description("1, with the way to the sockets of the operating system as a tag")
                .tag("name", transport)
                .register(registry);
        LOG.infof("transport=%s loops=%d", transport, loops.size());
    }
}

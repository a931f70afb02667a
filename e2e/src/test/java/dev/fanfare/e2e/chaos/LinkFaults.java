package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import dev.fanfare.e2e.installation.RedisLink;
import dev.fanfare.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What can go wrong between a process and Redis.
final class LinkFaults {

    private static final Duration DELAY = Duration.ofMillis(120);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(6);

    private final List<RedisLink> links;

    LinkFaults(List<RedisLink> links) {
        this.links = links;
    }

    List<Fault> all() {
        return List.of(
                fault("link-delayed", LONG, link -> link.delay(DELAY), link -> link.delay(Duration.ZERO)),
                fault("link-cut", SHORT, TcpProxy::cut, _ -> {}),
                fault("link-refused", LONG, LinkFaults::refuse, link -> link.refuse(false)),
                fault("link-stalled", LONG, TcpProxy::stall, TcpProxy::flow),
                fault("link-half-open", SHORT, TcpProxy::halfOpen, _ -> {}));
    }

    private static void refuse(TcpProxy link) {
        link.refuse(true);
        link.cut();
    }

    private Fault fault(String name, Duration longest, Consumer<TcpProxy> begin, Consumer<TcpProxy> undo) {
        return new Fault(name, Loss.NONE, longest, choice -> {
            TcpProxy link = links.get(choice % links.size()).proxy();
            begin.accept(link);
            return () -> undo.accept(link);
        });
    }
}

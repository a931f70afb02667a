package dev.fanfare.e2e.chaos;

import dev.fanfare.e2e.chaos.Fault.Loss;
import dev.fanfare.testkit.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What can go wrong on the way to Redis.
final class LinkFaults {

    /// Well below what anyone takes for the death of a server.
    private static final Duration DELAY = Duration.ofMillis(120);

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(6);

    private final Supplier<List<TcpProxy>> links;
    private final Loss loss;

    /// @param links of which one is chosen when a fault begins
    /// @param loss what Redis may lose when a link is gone or silent; a slow one costs nothing
    LinkFaults(Supplier<List<TcpProxy>> links, Loss loss) {
        this.links = links;
        this.loss = loss;
    }

    List<Fault> all() {
        return List.of(
                fault("link-delayed", Loss.NONE, LONG, link -> link.delay(DELAY), link -> link.delay(Duration.ZERO)),
                fault("link-cut", loss, SHORT, TcpProxy::cut, _ -> {}),
                fault("link-refused", loss, LONG, LinkFaults::refuse, link -> link.refuse(false)),
                fault("link-stalled", loss, LONG, TcpProxy::stall, TcpProxy::flow),
                fault("link-half-open", loss, SHORT, TcpProxy::halfOpen, _ -> {}));
    }

    private static void refuse(TcpProxy link) {
        link.refuse(true);
        link.cut();
    }

    private Fault fault(
            String name, Loss mayLose, Duration longest, Consumer<TcpProxy> begin, Consumer<TcpProxy> undo) {
        return new Fault(name, mayLose, longest, choice -> {
            List<TcpProxy> all = links.get();
            TcpProxy link = all.get(choice % all.size());
            begin.accept(link);
            return () -> undo.accept(link);
        });
    }
}

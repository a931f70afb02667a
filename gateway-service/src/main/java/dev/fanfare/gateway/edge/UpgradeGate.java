package dev.fanfare.gateway.edge;

import dev.fanfare.gateway.connection.Draining;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// Decides which HTTP requests become WebSockets, before they do.
@Singleton
public class UpgradeGate implements HttpUpgradeCheck {

    private static final int SERVICE_UNAVAILABLE = 503;

    /// Seconds; another instance is ready by then.
    private static final Map<String, List<String>> RETRY_SOON = Map.of("Retry-After", List.of("1"));

    private final Draining draining;

    UpgradeGate(Draining draining) {
        this.draining = draining;
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        if (draining.hasBegun()) {
            return CheckResult.rejectUpgrade(SERVICE_UNAVAILABLE, RETRY_SOON);
        }
        context.userData().put(NettyChannels.KEY, NettyChannels.of(context.httpRequest()));
        return CheckResult.permitUpgrade();
    }
}
